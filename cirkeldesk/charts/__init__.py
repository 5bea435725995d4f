"""One description per chart → layout → painted by Qt on screen and by reportlab on paper, with the same
marks."""
