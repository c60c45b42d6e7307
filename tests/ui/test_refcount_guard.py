"""No call that painting makes may take a reference from None.

PySide6 6.12.0 on Python 3.11 does: every wrapped call that returns nothing lowers the count, and after some thousand of
them the process ends with "Fatal Python error: none_dealloc". Nothing but a count shows it beforehand.
"""

import sys

import pytest
from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QStaticText,
    QTextLayout,
    QTextOption,
    QTransform,
)
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from annotator.ui.fonts import font

CALLS = 200
LOST = CALLS // 2


class Speaker(QObject):
    spoke = Signal(object)


class Painted(QWidget):
    def paintEvent(self, event):
        pass


@pytest.fixture(scope="module")
def calls():
    """Name to call, for every wrapped call of the canvas that gives nothing back."""
    app = QApplication.instance() or QApplication([])
    image = QImage(200, 100, QImage.Format.Format_ARGB32)
    painter = QPainter(image)
    face, pen, colour, brush = font(12), QPen(), QColor("red"), QBrush(QColor("blue"))
    box, point, path = QRectF(0, 0, 5, 5), QPointF(1, 1), QPainterPath()
    triangle = QPolygonF([point, QPointF(3, 1), QPointF(2, 3)])
    words = QStaticText("PERSON")
    layout, option = QTextLayout("some words", face), QTextOption()
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(100)
    layout.endLayout()
    speaker, widget, bar = Speaker(), Painted(), QScrollBar()
    speaker.spoke.connect(lambda _value: None)
    event = QPaintEvent(QRect(0, 0, 1, 1))
    yield {
        "setPen colour": lambda: painter.setPen(colour),
        "setPen pen": lambda: painter.setPen(pen),
        "setPen style": lambda: painter.setPen(Qt.PenStyle.NoPen),
        "setBrush": lambda: painter.setBrush(brush),
        "setBrush style": lambda: painter.setBrush(Qt.BrushStyle.NoBrush),
        "setFont": lambda: painter.setFont(face),
        "setRenderHints": lambda: painter.setRenderHints(QPainter.RenderHint.Antialiasing),
        "setClipRect": lambda: painter.setClipRect(box),
        "translate": lambda: painter.translate(0.0, 0.0),
        "scale": lambda: painter.scale(1.0, 1.0),
        "save and restore": lambda: (painter.save(), painter.restore()),
        "fillRect": lambda: painter.fillRect(box, brush),
        "drawRect": lambda: painter.drawRect(box),
        "drawRoundedRect": lambda: painter.drawRoundedRect(box, 2, 2),
        "drawEllipse": lambda: painter.drawEllipse(point, 2, 2),
        "drawLine": lambda: painter.drawLine(point, QPointF(3, 3)),
        "drawPath": lambda: painter.drawPath(path),
        "drawPolygon": lambda: painter.drawPolygon(triangle),
        "drawText": lambda: painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "a"),
        "drawStaticText": lambda: painter.drawStaticText(point, words),
        "QStaticText.prepare": lambda: words.prepare(QTransform(), face),
        "QPainterPath.moveTo": lambda: path.moveTo(1.0, 1.0),
        "QPainterPath.lineTo": lambda: path.lineTo(2.0, 1.0),
        "QPainterPath.quadTo": lambda: path.quadTo(1.0, 1.0, 2.0, 2.0),
        "QPainterPath.clear": path.clear,
        "QTextLayout.draw": lambda: layout.draw(painter, point),
        "QTextLayout.setCacheEnabled": lambda: layout.setCacheEnabled(True),
        "QTextOption.setWrapMode": lambda: option.setWrapMode(QTextOption.WrapMode.WordWrap),
        "QTextLine.setPosition": lambda: line.setPosition(point),
        "QTextLine.cursorToX": lambda: line.cursorToX(3),
        "QTextLine.glyphRuns": lambda: line.glyphRuns(0, 3),
        "QPen.setDashPattern": lambda: pen.setDashPattern([4, 3]),
        "QColor.setAlpha": lambda: colour.setAlpha(80),
        "QRectF.setBottom": lambda: box.setBottom(5.0),
        "QWidget.update": lambda: widget.update(QRect(0, 0, 3, 3)),
        "QScrollBar.setRange": lambda: bar.setRange(0, 10),
        "QScrollBar.setValue": lambda: bar.setValue(3),
        "Signal.emit": lambda: speaker.spoke.emit(1),
        "a painted event": lambda: app.sendEvent(widget, event),
    }
    painter.end()
    widget.deleteLater()
    bar.deleteLater()


def test_no_call_of_the_canvas_takes_references_from_none(calls):
    takers = {}
    for name, call in calls.items():
        call()
        before = sys.getrefcount(None)
        for _ in range(CALLS):
            call()
        lost = before - sys.getrefcount(None)
        if lost >= LOST:
            takers[name] = lost / CALLS
    assert takers == {}
