"""Unpacks the test data of botocore's source package: unpack.py FOLDER-WITH-THE-PACKAGE FOLDER-TO-MAKE."""

import pathlib
import sys
import tarfile

KEPT = (
    "tests/unit/protocols/input/rest-json.json",
    "tests/unit/protocols/output/rest-json.json",
    "tests/unit/auth/aws4_testsuite/",
    "tests/functional/endpoint-rules/",
)


def main():
    """Unpacks the one package that is there."""
    (package,) = pathlib.Path(sys.argv[1]).glob("*.tar.gz")
    target = pathlib.Path(sys.argv[2])
    with tarfile.open(package) as archive:
        for member in archive:
            path = member.name.partition("/")[2]
            if member.isfile() and path.startswith(KEPT):
                # Written by hand, so that no entry can choose a place, a mode or a link.
                place = target / path
                if ".." in place.parts:
                    raise SystemExit(f"{member.name} leaves the folder")
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(archive.extractfile(member).read())
    for path in KEPT:
        if not (target / path).exists():
            raise SystemExit(f"{package.name} has no {path}")


if __name__ == "__main__":
    main()
