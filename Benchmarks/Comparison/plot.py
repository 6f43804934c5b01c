"""Draws log-log line plots as SVG, with nothing but the standard library."""

import math
from html import escape

# Okabe and Ito's palette: told apart by readers with any colour vision.
COLORS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
WIDTH, HEIGHT = 360, 300
LEFT, RIGHT, TOP, BOTTOM = 62, 14, 34, 48
LEGEND = 26


class Panel:
    """One plot: lines is label -> [(x, y)], all values positive."""

    def __init__(self, title, unit, lines):
        self.title, self.unit, self.lines = title, unit, lines


def power(exponent):
    """A power of ten as people write it."""
    names = {-2: "0.01", -1: "0.1", 0: "1", 1: "10", 2: "100", 3: "1k", 4: "10k", 5: "100k", 6: "1M", 7: "10M"}
    return names.get(exponent, f"1e{exponent}")


def span(values):
    """The powers of ten around the values, at least one decade."""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def text(x, y, words, anchor="middle", extra=""):
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" {extra}>{escape(words)}</text>'


def draw_panel(panel, offset, x_label, colors):
    points = [point for line in panel.lines.values() for point in line]
    x_low, x_high = span([x for x, _ in points])
    y_low, y_high = span([y for _, y in points])

    def place(x, y):
        across = (math.log10(x) - x_low) / (x_high - x_low)
        up = (math.log10(y) - y_low) / (y_high - y_low)
        return (offset + LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM))

    out = [text(offset + (WIDTH + LEFT) / 2, 20, panel.title, extra='font-weight="bold"'),
           text(offset + (WIDTH + LEFT) / 2, HEIGHT - 12, x_label),
           text(offset + 14, HEIGHT / 2, panel.unit, extra=f'transform="rotate(-90 {offset + 14} {HEIGHT / 2})"')]
    for exponent in range(x_low, x_high + 1):
        x, bottom = place(10 ** exponent, 10 ** y_low)
        out.append(f'<path d="M{x:.1f} {TOP}V{bottom:.1f}" stroke="#ddd"/>')
        out.append(text(x, bottom + 16, power(exponent)))
    for exponent in range(y_low, y_high + 1):
        left, y = place(10 ** x_low, 10 ** exponent)
        out.append(f'<path d="M{left:.1f} {y:.1f}H{offset + WIDTH - RIGHT}" stroke="#ddd"/>')
        out.append(text(left - 6, y + 4, power(exponent), anchor="end"))
    for label, line in panel.lines.items():
        places = [place(x, y) for x, y in sorted(line)]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        out.append(f'<path d="M{path}" fill="none" stroke="{colors[label]}" stroke-width="2"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colors[label]}"/>' for x, y in places]
    return out


def draw(panels, x_label):
    """The panels side by side above one legend; panels without points are left out."""
    panels = [panel for panel in panels if any(panel.lines.values())]
    labels = list(dict.fromkeys(label for panel in panels for label in panel.lines))
    colors = {label: COLORS[number % len(COLORS)] for number, label in enumerate(labels)}
    width, height = WIDTH * max(len(panels), 1), HEIGHT + LEGEND
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
           'font-family="sans-serif" font-size="12">', f'<rect width="{width}" height="{height}" fill="#fff"/>']
    for number, panel in enumerate(panels):
        out += draw_panel(panel, number * WIDTH, x_label, colors)
    for number, label in enumerate(labels):
        x = LEFT + number * 150
        out.append(f'<path d="M{x} {HEIGHT + 8}h22" stroke="{colors[label]}" stroke-width="3"/>')
        out.append(text(x + 28, HEIGHT + 12, label, anchor="start"))
    return "\n".join([*out, "</svg>"]) + "\n"
