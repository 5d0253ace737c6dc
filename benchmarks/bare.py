"""A bare Flask page: the yardstick of `benchmarks.pages`."""

from flask import Flask

app = Flask(__name__)


@app.route("/", methods=["GET", "POST"])
def page() -> str:
    return "<!doctype html><html lang=sv><title>.</title><p>.</p></html>"
