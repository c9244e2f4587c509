"""What a keeper copies works as it stands: units, proxies, containers and scripts, by their own programs."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click import Group
from flask import Flask

from app.blueprints.web.request_checks import LARGEST_LIST
from app.config import SETTINGS
from tests.source import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
BIN = Path(sys.executable).parent
KNOWN = {setting.name for setting in SETTINGS} | {"TWAALF_INSTANCE"}
LARGEST_FORM = 128 * 1024
"""What the app takes of a form; the longest list is LARGEST_LIST."""
MADE = (
    "__pycache__",
    "*.mo",
    *(f"*.{one}.{packed}" for one in ("css", "js", "svg") for packed in ("gz", "br")),
)
"""What is made from the source, which an image makes anew."""
OPENS_EACH_PAGE = """
import json, os
os.environ["FLASK_RUN_FROM_CLI"] = "true"
from flask_migrate import upgrade
from app import config
folder = config.instance_folder()
config.write_keys(folder)
from wsgi import app
assert app.root_path.startswith(os.getcwd()), app.root_path
with app.app_context():
    upgrade()
client = app.test_client()
paths = {one.rule for one in app.url_map.iter_rules() if "GET" in (one.methods or ()) and not one.arguments}
print(json.dumps({path: client.get(path, headers={"Host": "127.0.0.1:5000"}).status_code for path in sorted(paths)}))
"""
MOST_EXPOSED = 3.0
"""Of 10, as `systemd-analyze security` counts; a unit without any of it has 9.6."""


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(one) for one in command], capture_output=True, text=True, check=False
    )


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The units, of a program and user that are on this machine."""
    copies = []
    for unit in UNITS:
        copy = tmp_path / unit.name
        text = unit.read_text().replace("/srv/twaalf/.venv", str(BIN.parent))
        copy.write_text(text.replace("/srv/twaalf", str(ROOT)).replace("=twaalf\n", "=daemon\n", 1))
        copies.append(copy)
    return copies


@pytest.mark.server
def test_systemd_has_nothing_to_say_of_the_units(units: list[Path]):
    """It answers 0 for an unknown key: any line is a fault."""
    done = run("systemd-analyze", "verify", "--man=no", *units)

    said = [line for line in done.stderr.splitlines() if any(one.name in line for one in units)]
    assert said == []


@pytest.mark.server
def test_a_service_may_do_little(units: list[Path]):
    for unit in (one for one in units if one.suffix == ".service"):
        done = run("systemd-analyze", "security", "--offline=true", unit)

        found = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
        assert found, done.stderr
        assert float(found[1]) <= MOST_EXPOSED, unit.name


@pytest.mark.parametrize(
    "timer", [one for one in UNITS if one.suffix == ".timer"], ids=lambda one: one.name
)
def test_a_timer_starts_a_service_that_is_there(timer: Path):
    assert timer.with_suffix(".service") in SERVICES


@pytest.mark.parametrize("unit", SERVICES, ids=lambda one: one.name)
def test_a_call_that_a_service_may_not_make_fails_and_ends_nothing(unit: Path):
    """A library of another release of Debian tries more than the one before."""
    assert "SystemCallErrorNumber=EPERM" in unit.read_text().splitlines()


def commands_in(text: str) -> set[str]:
    return set(re.findall(r"flask --app wsgi ((?!db )[a-z][\w-]*)", text))


def test_every_command_that_is_started_is_one(app: Flask):
    files = [file for file in DEPLOY.rglob("*") if file.is_file()]
    known = {
        name for name, one in app.cli.commands.items() if name != "db" or isinstance(one, Group)
    }

    started = {name for file in files for name in commands_in(file.read_text())}

    assert {"letters", "forget", "backup", "doctor", "restore"} <= started
    assert started - known == set()


def test_every_setting_that_is_named_is_one():
    files = [file for file in DEPLOY.rglob("*") if file.is_file()]
    named = {name for file in files for name in re.findall(r"TWAALF_[A-Z_]+", file.read_text())}

    assert named - KNOWN == set()


@pytest.mark.server
@pytest.mark.parametrize("file", [DEPLOY / "Caddyfile", DEPLOY / "docker" / "Caddyfile"], ids=str)
def test_caddy_takes_its_file(file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("SITE", "groups.example.org")
    monkeypatch.setenv("HOME", str(tmp_path))

    done = run("caddy", "validate", "--adapter", "caddyfile", "--config", file)

    assert (done.returncode, "Valid configuration" in done.stdout + done.stderr) == (0, True), (
        done.stderr
    )


@pytest.mark.server
@pytest.mark.parametrize("file", [DEPLOY / "Caddyfile", DEPLOY / "docker" / "Caddyfile"], ids=str)
def test_caddy_lets_through_what_the_app_takes(
    file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """Whole lists where offices send them, and nothing else so long."""
    monkeypatch.setenv("SITE", "groups.example.org")
    monkeypatch.setenv("HOME", str(tmp_path))

    done = run("caddy", "adapt", "--adapter", "caddyfile", "--config", file)

    sizes = sorted(map(int, re.findall(r'"max_size":(\d+)', done.stdout)))
    assert len(sizes) == 2, done.stderr
    assert LARGEST_FORM <= sizes[0] < 3 * LARGEST_FORM
    assert LARGEST_LIST <= sizes[1] < 2 * LARGEST_LIST


def test_nginx_lets_through_what_the_app_takes():
    found = re.findall(r"client_max_body_size (\d+)(k|m);", (DEPLOY / "nginx.conf").read_text())
    sizes = sorted(int(number) * {"k": 1024, "m": 1024**2}[unit] for number, unit in found)

    assert LARGEST_FORM <= sizes[0] < 3 * LARGEST_FORM
    assert LARGEST_LIST <= sizes[1] < 2 * LARGEST_LIST


@pytest.mark.server
def test_nginx_takes_its_file(tmp_path: Path):
    key, sheet = tmp_path / "key.pem", tmp_path / "sheet.pem"
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", sheet,
        "-days", "1", "-subj", "/CN=twaalf.example.org")  # fmt: skip
    text = (DEPLOY / "nginx.conf").read_text()
    text = re.sub(r"/etc/letsencrypt\S+fullchain.pem", str(sheet), text)
    text = re.sub(r"/etc/letsencrypt\S+privkey.pem", str(key), text)
    text = text.replace("/var/log/nginx", str(tmp_path))
    (tmp_path / "site.conf").write_text(text)
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}}\nhttp {{ include {tmp_path}/site.conf; }}\n"
    )

    done = run("nginx", "-t", "-e", "stderr", "-p", tmp_path, "-c", tmp_path / "nginx.conf")

    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr


@pytest.mark.server
def test_compose_takes_its_file():
    done = run(
        BIN / "check-jsonschema",
        "--builtin-schema",
        "vendor.compose-spec",
        DEPLOY / "docker" / "compose.yaml",
    )

    assert done.returncode == 0, done.stdout


@pytest.fixture
def in_a_container(tmp_path: Path) -> Path:
    """The files that the image is made with, and what it makes of them."""
    kept = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line.startswith("!")
    }
    image = tmp_path / "image"
    made = (DEPLOY / "docker" / "Dockerfile").read_text().split("\nFROM ")[1]
    for names, into in re.findall(r"^COPY (.+) (\S+)$", made, re.MULTILINE):
        for name in names.split():
            assert any(name == one or name.startswith(f"{one}/") for one in kept), name
            target = image / into / ("" if (ROOT / name).is_dir() else Path(name).name)
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns(*MADE))
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, target)
    makes = made[made.rindex("\nRUN ") + 5 :].replace("\\\n", "").replace(".venv/bin/", f"{BIN}/")
    subprocess.run(["sh", "-ec", makes], cwd=image, check=True)
    return image


@pytest.mark.server
def test_a_container_holds_all_that_its_pages_need(
    in_a_container: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TWAALF_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("PYTHONPATH", str(in_a_container))
    (tmp_path / "instance").mkdir()

    done = subprocess.run(
        [sys.executable, "-c", OPENS_EACH_PAGE], cwd=in_a_container, capture_output=True, text=True, check=False
    )  # fmt: skip

    assert done.returncode == 0, done.stderr[-2000:]
    answers = json.loads(done.stdout)
    assert {path: code for path, code in answers.items() if code >= 500} == {}
    assert answers["/toegankelijkheid"] == answers["/privacy"] == 200
    made = {one.name for one in (ROOT / "app" / "static").iterdir()}
    assert made <= {one.name for one in (in_a_container / "app" / "static").iterdir()}


def compose() -> str:
    return (DEPLOY / "docker" / "compose.yaml").read_text()


def test_every_container_is_watched_restarted_read_only_and_as_powerless_as_it_can_be():
    text = compose()
    services = re.split(
        r"^  (?=\w+:\n    )",
        text.split("\nservices:\n")[1].split("\nvolumes:\n")[0],
        flags=re.MULTILINE,
    )
    of_app = text.split("x-app: &app\n")[1].split("\nservices:\n")[0]
    named = {one.split(":")[0].strip(): one for one in services if one.strip()}

    assert set(named) == {"setup", "app", "timers", "postgres", "redis", "caddy"}
    for name, service in named.items():
        whole = service + (of_app if "*app" in service else "")
        for asked in ("read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "restart: "):
            assert asked in whole, (name, asked)
        assert "healthcheck" in whole, name
        # The right is set on the program of Caddy's image: a kernel starts it with that right or not at all.
        assert ("cap_add: [NET_BIND_SERVICE]" in whole) is (name == "caddy"), name
    [asks] = re.findall(
        r"^HEALTHCHECK .*CMD (.*)$", (DEPLOY / "docker" / "Dockerfile").read_text(), re.MULTILINE
    )
    assert json.loads(asks)[2] in named["app"], "both ask the same"


def test_the_timers_of_a_container_stop_when_told_after_what_they_are_at(tmp_path: Path):
    (tmp_path / "flask").write_text(
        '#!/bin/sh\nif [ "$3" = letters ]; then echo begun; read -r word < go; echo "$word"; fi\n'
    )
    (tmp_path / "flask").chmod(0o755)
    os.mkfifo(tmp_path / "go")
    timers = subprocess.Popen(
        ["sh", DEPLOY / "docker" / "timers.sh"], env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        stdout=subprocess.PIPE, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert timers.stdout is not None
    assert timers.stdout.readline() == "begun\n"

    timers.terminate()
    (tmp_path / "go").write_text("ended\n")

    assert timers.wait(timeout=30) == 0
    assert timers.stdout.read() == "ended\n"
    timers.stdout.close()


def test_the_container_runs_without_root_from_named_releases():
    lines = (DEPLOY / "docker" / "Dockerfile").read_text().splitlines()
    froms = [line.split()[1] for line in lines if line.startswith("FROM")]
    users = [line for line in lines if line.startswith("USER")]

    assert users == ["USER 10001"]
    assert lines.index(users[0]) < next(
        at for at, line in enumerate(lines) if line.startswith("CMD")
    )
    assert all(":" in one and not one.endswith(":latest") for one in froms)
    images = re.findall(r"image: (\S+)", compose())
    assert all(":" in one and not one.endswith(":latest") for one in images if one != "twaalf")


def test_the_container_is_given_what_it_copies_and_nothing_else():
    lines = (DEPLOY / "docker" / "Dockerfile").read_text().splitlines()
    copied = {
        part
        for line in lines
        if line.startswith("COPY ") and "--from" not in line
        for part in shlex.split(line)[1:-1]
    }
    let_in = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }

    assert copied == let_in
    assert all((ROOT / one).exists() for one in copied)


def test_the_server_is_started_alike_everywhere():
    """But for where it listens, and what only a server without a proxy before it is told."""
    unit = (DEPLOY / "systemd" / "twaalf.service").read_text()
    image = (DEPLOY / "docker" / "Dockerfile").read_text()
    make = (ROOT / "Makefile").read_text()
    varies = {"--host", "--port", "--workers", "--http1-header-read-timeout"}

    for text in (unit, image, make):
        [started] = re.findall(r"python[\",\s]+serve\.py.*", text)
        assert set(re.findall(r"--[\w-]+", started)) <= varies


def test_systemd_asks_for_the_server_what_it_may_not_ask_for_itself():
    unit = (DEPLOY / "systemd" / "twaalf.service").read_text()

    assert "SystemCallFilter=~@privileged @resources" in unit
    assert "CPUSchedulingPolicy=batch" in unit


@pytest.mark.parametrize("script", sorted(DEPLOY.rglob("*.sh")), ids=lambda one: one.name)
def test_a_script_can_be_read_by_the_shell_and_stops_at_a_fault(script: Path):
    shell = shutil.which("dash") or "sh"

    assert run(shell, "-n", script).returncode == 0
    assert re.search(r"^set -e?u", script.read_text(), re.MULTILINE)
