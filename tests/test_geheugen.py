"""What a long run of tests does not pay for."""

import gc
import sys

from django.apps import apps

from tests.geheugen import RUIMTE


def test_what_was_there_before_the_first_test_is_not_searched_again():
    assert gc.isenabled()
    assert gc.get_freeze_count() > 100_000


def test_every_test_stands_on_one_large_frame():
    frame, grootste = sys._getframe(), 0
    while frame := frame.f_back:
        grootste = max(grootste, frame.f_code.co_stacksize)

    assert grootste == RUIMTE


def test_python_looks_for_what_nobody_holds_again_once_everything_is_there():
    gc.disable()

    apps.get_app_config("collectief").ready()

    assert gc.isenabled()
