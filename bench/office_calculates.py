"""Run by the system's own Python: seconds LibreOffice takes to recalculate an open workbook."""

from __future__ import annotations

import subprocess
import sys
import time


def main(book: str, profile: str) -> None:
    import uno  # type: ignore[import-not-found]
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    pipe = f"pipe,name=bench{time.time_ns()};urp;StarOffice.ComponentContext"
    server = subprocess.Popen(
        [
            "soffice",
            "--headless",
            "--norestore",
            f"-env:UserInstallation=file://{profile}",
            f"--accept={pipe}",
        ]
    )
    try:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(300):
            try:
                context = resolver.resolve(f"uno:{pipe}")
                break
            except Exception:  # noqa: BLE001 - it is still starting
                time.sleep(0.2)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        hidden = PropertyValue("Hidden", 0, True, 0)
        document = desktop.loadComponentFromURL(f"file://{book}", "_blank", 0, (hidden,))
        taken = []
        for _ in range(4):
            begin = time.perf_counter()
            document.calculateAll()
            taken.append(time.perf_counter() - begin)
        document.close(True)
        print(sorted(taken)[len(taken) // 2])
        desktop.terminate()
    finally:
        server.wait(timeout=30)


if __name__ == "__main__":
    main(*sys.argv[1:3])
