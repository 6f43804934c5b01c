"""Puts the extension and the program into the package: those of the repository that this folder lies in.

`pip install .` builds them where they are not there yet, which takes Swift and some minutes; Scripts/build-python does so first.
"""
import pathlib
import shutil
import subprocess

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py

HERE = pathlib.Path(__file__).resolve().parent
SCRIPTS = HERE.parent.parent / "Scripts"


def build(script):
    """The path that a script of the repository prints last."""
    output = subprocess.run([SCRIPTS / script], stdout=subprocess.PIPE, text=True, check=True).stdout
    return pathlib.Path(output.strip().splitlines()[-1])


class BuildWithNative(build_py):
    def run(self):
        native = HERE / "postil" / "native"
        if not any(native.glob("postil0.*")):
            native.mkdir(exist_ok=True)
            for script in ("build-extension", "build"):
                shutil.copy2(build(script), native)
        super().run()


class PlatformWheel(bdist_wheel):
    """For this platform, and for every Python 3: nothing in it is linked with Python."""

    def finalize_options(self):
        super().finalize_options()
        self.root_is_pure = False

    def get_tag(self):
        return "py3", "none", super().get_tag()[2]


setup(cmdclass={"build_py": BuildWithNative, "bdist_wheel": PlatformWheel})
