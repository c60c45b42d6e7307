"""A list of very many rows: used like a list, and asking only for what is in sight."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from pytestqt.qtbot import QtBot

from annotator.ui.widgets.row_list import RowList

ROW_PX = 20
_TOP = QModelIndex()


class Numbers(QAbstractListModel):
    """As many rows as were added, and how often they were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.count = self.asked = 0

    def add(self, more: int) -> None:
        self.beginInsertRows(_TOP, self.count, self.count + more - 1)
        self.count += more
        self.endInsertRows()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _TOP) -> int:
        self.asked += 1
        return 0 if parent.isValid() else self.count

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        self.asked += 1
        return f"row {index.row()}" if role == Qt.ItemDataRole.DisplayRole else None


def shown(qtbot: QtBot) -> tuple[RowList, Numbers]:
    view, model = RowList(ROW_PX), Numbers()
    qtbot.addWidget(view)
    view.setModel(model)
    view.resize(200, 10 * ROW_PX)
    view.show()
    qtbot.waitExposed(view)
    return view, model


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot: QtBot) -> None:
    view, model = shown(qtbot)
    model.add(1000)
    view.setCurrentIndex(model.index(500))
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == 999
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 0
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 1


def test_every_row_is_as_high_as_it_shall_be_and_as_wide_as_the_list(qtbot: QtBot) -> None:
    view, model = shown(qtbot)
    model.add(3)
    rects = [view.visualRect(model.index(row)) for row in range(3)]
    assert [rect.top() for rect in rects] == [0, ROW_PX, 2 * ROW_PX]
    assert {rect.width() for rect in rects} == {view.viewport().width()}


def test_rows_that_come_ask_for_no_more_than_what_is_in_sight(qtbot: QtBot) -> None:
    view, model = shown(qtbot)
    model.add(50_000)
    qtbot.wait(1)
    view.viewport().repaint()
    model.asked = 0
    model.add(50_000)
    qtbot.wait(1)
    view.viewport().repaint()
    assert model.asked < 1000
