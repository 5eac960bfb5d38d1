#!/usr/bin/env python3
"""Draws the three landscapes of the demonstration site: no photograph, no one's face, no one's copyright.

    python3 -m pip install numpy pillow
    python3 docs/pictures/landscapes.py            (writes into content/images/)
    python3 docs/pictures/landscapes.py hills-mist (one of them only)

Everything comes from layered noise: ridgelines, mist that lies in the valleys, trees as irregular silhouettes,
far things paler than near ones, then a wash of pigment and a fine grain. The seeds are fixed, so the same
versions of numpy and Pillow draw the same pictures again.
"""
import math
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 1600, 1067
SCALE = 2  # drawn at twice the size and reduced at the end
W, H = WIDTH * SCALE, HEIGHT * SCALE
OUT = Path(__file__).resolve().parents[2] / "content" / "images"

PAPER = np.array([250, 246, 239], np.float32)


# ---------------------------------------------------------------------------------------------- noise and colour
def noise(rng, cells_x, cells_y, octaves=5, gain=0.5, width=W, height=H):
    """Smooth noise in 0..1: random grids, each finer than the last, enlarged and added."""
    total = np.zeros((height, width), np.float32)
    weight = 1.0
    for octave in range(octaves):
        columns = max(2, int(cells_x * 2**octave) + 2)
        rows = max(2, int(cells_y * 2**octave) + 2)
        if columns > width or rows > height:
            break
        grid = Image.fromarray(rng.standard_normal((rows, columns)).astype(np.float32), "F")
        total += weight * np.asarray(grid.resize((width, height), Image.Resampling.BICUBIC))
        weight *= gain
    total -= total.mean()
    return np.clip(0.5 + total / (5.0 * total.std() + 1e-9), 0, 1)


def line_noise(rng, cells, octaves=7, gain=0.5, width=W):
    """One line of noise in about -1..1, for ridges and banks."""
    x = np.linspace(0, 1, width)
    total = np.zeros(width)
    weight = 1.0
    for octave in range(octaves):
        points = int(cells * 2**octave) + 4
        knots = rng.uniform(-1, 1, points)
        position = x * (points - 4) + 1 + rng.uniform(0, 0.99)
        i = position.astype(int)
        t = position - i
        a, b, c, d = (knots[np.clip(i + k, 0, points - 1)] for k in (-1, 0, 1, 2))
        total += weight * (b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))))
        weight *= gain
    return total / 1.6


def mix(a, b, t):
    return np.asarray(a, np.float32) * (1 - t) + np.asarray(b, np.float32) * t


def wash(a, b, t):
    """Blend two colours over a map t."""
    t = t[..., None]
    return np.asarray(a, np.float32) * (1 - t) + np.asarray(b, np.float32) * t


def smooth(low, high, value):
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def sky(stops):
    """A vertical blend through (height 0..1, colour) pairs."""
    y = np.linspace(0, 1, H, dtype=np.float32)
    column = np.stack([np.interp(y, [s[0] for s in stops], [s[1][c] for s in stops]) for c in range(3)], 1)
    return np.repeat(column[:, None, :], W, 1).astype(np.float32)


def layer():
    image = Image.new("RGBA", (W, H), (0, 0, 0, 0))
    return image, ImageDraw.Draw(image)


def rgb(colour, alpha=255):
    r, g, b = (int(max(0, min(255, c))) for c in colour)
    return (r, g, b, alpha)


def over(canvas, image, blur=0.0, strength=1.0):
    """Lay a drawn layer over the canvas; far layers are softened."""
    data = np.asarray(image).astype(np.float32)
    colour, alpha = data[..., :3], data[..., 3:] / 255
    if blur:
        premultiplied = np.concatenate([colour * alpha, alpha * 255], 2).clip(0, 255).astype(np.uint8)
        soft = Image.fromarray(premultiplied, "RGBA").filter(ImageFilter.GaussianBlur(blur))
        data = np.asarray(soft).astype(np.float32)
        alpha = data[..., 3:] / 255
        return canvas * (1 - alpha * strength) + data[..., :3] * strength
    return canvas * (1 - alpha * strength) + colour * alpha * strength


def finish(canvas, rng, name, grain=2.6, wobble=0.75):
    """Edges that tremble like a brush, pigment that settles, fine grain; then reduce and save."""
    grid_y, grid_x = np.mgrid[0:H, 0:W].astype(np.float32)
    shift_x = (noise(rng, 240, 160, 2) - 0.5) * 2 * wobble * SCALE
    shift_y = (noise(rng, 240, 160, 2) - 0.5) * 2 * wobble * SCALE
    xi = np.clip(grid_x + shift_x, 0, W - 1).astype(np.int32)
    yi = np.clip(grid_y + shift_y, 0, H - 1).astype(np.int32)
    canvas = canvas[yi, xi]
    luminance = canvas.mean(2, keepdims=True) / 255
    pigment = noise(rng, 5, 3.4, 8, 0.68)[..., None] - 0.5
    canvas = canvas * (1 + 0.11 * pigment * (1.15 - luminance))
    canvas = canvas + (1 - luminance) ** 2 * np.array([7, 2, -3], np.float32)  # dark tones lean to brown ink
    small = Image.fromarray(canvas.clip(0, 255).astype(np.uint8)).resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    pixels = np.asarray(small).astype(np.float32)
    fine = rng.standard_normal((HEIGHT, WIDTH, 1)).astype(np.float32)
    coarse = np.asarray(
        Image.fromarray(rng.standard_normal((HEIGHT // 2, WIDTH // 2)).astype(np.float32), "F").resize(
            (WIDTH, HEIGHT), Image.Resampling.BICUBIC))[..., None]
    pixels += grain * (0.62 * fine + 0.6 * coarse)
    path = OUT / name
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(path, quality=80, optimize=True, progressive=True)
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")


# -------------------------------------------------------------------------------------------------------- plants
def conifer(draw, rng, x, base, height, colour, spread=0.30, lean=0.0):
    """A fir: boughs of uneven length that droop, gaps here and there, never the same twice."""
    if height < 22:
        half = height * spread * rng.uniform(0.5, 0.9)
        draw.polygon([(x + lean * height, base - height), (x - half, base), (x + half * rng.uniform(0.7, 1.2), base)], colour)
        return
    levels = int(11 + height / 8.5)
    full = height * spread * rng.uniform(0.8, 1.15)
    left, right = [], []
    for i in range(levels):
        t = (i + 0.45) / levels
        y = base - height * (1 - t) * 0.97
        reach = full * t**0.82 * rng.uniform(0.62, 1.12)
        inner = full * t * 0.34
        droop = height / levels * rng.uniform(0.4, 1.6)
        cx = x + lean * height * (1 - t)
        if rng.random() < 0.16:
            reach *= 0.6
        left += [(cx - inner, y), (cx - reach, y + droop)]
        reach = full * t**0.82 * rng.uniform(0.62, 1.12)
        right += [(cx + inner, y), (cx + reach, y + droop)]
    tip = (x + lean * height, base - height)
    draw.polygon([tip, *left, (x, base), *reversed(right)], colour)
    draw.line([(x + lean * height * 0.8, base - height * 0.8), (x, base + height * 0.05)], colour, max(1, int(height * 0.018)))


def broadleaf(draw, rng, x, base, height, colour):
    """A cottonwood or an alder: a trunk and a crown of many small uneven clumps."""
    draw.line([(x, base), (x + rng.uniform(-0.05, 0.05) * height, base - height * 0.5)], colour, max(2, int(height * 0.035)))
    width = height * rng.uniform(0.22, 0.36)
    for _ in range(int(30 + height / 3)):
        angle, radius = rng.uniform(0, 2 * math.pi), math.sqrt(rng.random())
        cx = x + math.cos(angle) * radius * width
        cy = base - height * 0.62 + math.sin(angle) * radius * height * 0.38
        clump = height * rng.uniform(0.03, 0.085)
        points = []
        for k in range(9):
            a = k / 9 * 2 * math.pi
            r = clump * rng.uniform(0.55, 1.25)
            points.append((cx + math.cos(a) * r * 1.25, cy + math.sin(a) * r))
        draw.polygon(points, colour)


def bare(draw, rng, x, y, length, angle, width, colour, depth=0):
    """A leafless tree, drawn branch by branch."""
    steps = 7
    for _ in range(steps):
        nx = x + math.cos(angle) * length / steps
        ny = y + math.sin(angle) * length / steps
        draw.line([(x, y), (nx, ny)], colour, max(1, int(round(width))))
        x, y = nx, ny
        angle += rng.normal(0, 0.07) + (0.012 if depth > 2 else 0)
        width *= 0.955
        if depth > 0 and depth < 7 and rng.random() < 0.22:
            bare(draw, rng, x, y, length * rng.uniform(0.35, 0.6), angle + rng.choice([-1, 1]) * rng.uniform(0.4, 0.9),
                 width * 0.55, colour, depth + 2)
    if depth < 8 and length > 14:
        for side in (-1, 1):
            if rng.random() < 0.93:
                bare(draw, rng, x, y, length * rng.uniform(0.66, 0.86), angle + side * rng.uniform(0.16, 0.5),
                     width * rng.uniform(0.6, 0.78), colour, depth + 1)


def grass(draw, rng, x, base, height, colour, lean=0.0, width=2):
    """One blade or reed, bending."""
    bend = lean + rng.normal(0, 0.22)
    points = [(x + bend * height * (t / 6) ** 2, base - height * t / 6) for t in range(7)]
    draw.line(points, colour, width, joint="curve")
    return points[-1]


def cattail(draw, tip, length, width, colour):
    """The brown head of a reed, with the thin spike above it."""
    x, y = tip
    draw.line([(x, y + length * 0.4), (x + 2, y - length * 1.5)], colour, 2)
    draw.rounded_rectangle([x - width / 2, y - length, x + width / 2, y], width / 2, colour)


# ------------------------------------------------------------------------------------------------------ pictures
def hills_mist():
    """Wooded hills, one behind the other, with morning mist between them."""
    rng = np.random.default_rng(2611)
    canvas = sky([(0, (226, 225, 214)), (0.22, (240, 233, 219)), (0.5, (250, 240, 224)), (1, PAPER)])
    y, x = np.mgrid[0:H, 0:W].astype(np.float32)
    glow = np.exp(-(((x / W - 0.68) / 0.30) ** 2 + ((y / H - 0.30) / 0.20) ** 2))
    canvas = wash(canvas, (255, 238, 212), 0.75 * glow)
    clouds = noise(rng, 2.2, 5, 6, 0.55)
    canvas = wash(canvas, (205, 206, 196), 0.55 * smooth(0.5, 0.85, clouds) * smooth(0.5, 0.0, y / H))

    far, near = np.array([196, 199, 187], np.float32), np.array([41, 52, 43], np.float32)
    layers = [  # height of the ridge, its swing, cells of noise, size of its trees
        (0.340, 0.075, 2.1, 0), (0.425, 0.070, 2.6, 8), (0.505, 0.075, 2.2, 17),
        (0.600, 0.075, 2.6, 36), (0.715, 0.080, 2.0, 70), (0.870, 0.070, 1.7, 165)]
    count = len(layers)
    for index, (height, swing, cells, tree) in enumerate(layers):
        depth = index / (count - 1)
        ridge = H * (height + swing * line_noise(rng, cells, 8, 0.46))
        if index == 3:
            ridge += H * 0.075 * np.linspace(1, -0.6, W)
        if index == 4:
            ridge += H * 0.10 * np.linspace(-0.75, 0.9, W)
        if index == 5:
            ridge += H * 0.10 * np.linspace(0.62, -0.6, W)
        tone = mix(far, near, depth**1.15)
        tone = mix(tone, (176, 138, 106), 0.17 * (1 - depth) + 0.05)
        image, draw = layer()
        draw.polygon([(0, H), *[(i, float(ridge[i])) for i in range(0, W, 2)], (W, float(ridge[-1])), (W, H)], rgb(tone))
        if tree:
            stand = noise(rng, 9, 3, 4, 0.6, W // 8, H // 8)
            rows = 46 if index < 5 else 30
            for row in range(rows):
                down = (row / rows) ** 1.25
                gap = tree * (0.21 + 0.42 * down) + 2
                for px in np.arange(-tree, W + tree, gap):
                    px = px + rng.uniform(-0.6, 0.6) * gap
                    i = int(np.clip(px, 0, W - 1))
                    py = ridge[i] + tree * rng.uniform(0.1, 0.42) + down * H * (0.17 + 0.12 * depth) + rng.uniform(-0.3, 0.3) * gap
                    here = stand[min(H // 8 - 1, max(0, int(py / 8))), i // 8]
                    if here < 0.33 and row > 0 and rng.random() < 0.7:
                        continue
                    if row == 0 and rng.random() < 0.05 + 0.3 * (here < 0.3):
                        continue
                    size = tree * rng.uniform(0.5, 1.15) * (0.72 + 0.7 * max(0.0, here - 0.3))
                    if rng.random() < 0.03:
                        size *= 1.35
                    shade = rng.normal(0, 3.4 + 3.2 * depth) + 16 * (here - 0.5)
                    conifer(draw, rng, px, py + size * 0.25, size, rgb(tone + shade * np.array([1.08, 1.0, 0.85])),
                            spread=rng.uniform(0.2, 0.3), lean=rng.normal(0, 0.012))
        canvas = over(canvas, image, blur=[3.5, 2.4, 1.4, 0.8, 0.4, 0][index])
        # mist pools below each ridge and thins toward the next
        if index < count - 1:
            drift = noise(rng, 2.6, 8, 6, 0.55)
            below = (y - ridge[None, :]) / H
            nxt = layers[index + 1][0]
            pool = smooth(0.015, nxt - height + 0.085, below) * (0.66 + 0.60 * drift)
            pool = np.clip(pool, 0, 0.97) * (1.0 - 0.12 * depth)
            light = mix((247, 239, 225), (233, 230, 218), depth)
            canvas = wash(canvas, light, pool)
            canvas = wash(canvas, (255, 240, 216), 0.10 * glow * (1 - depth))
    # a bank of mist drifts in front of the last slope
    drift = noise(rng, 1.8, 7, 6, 0.55)
    canvas = wash(canvas, (226, 226, 214), 0.42 * smooth(0.5, 0.8, drift) * smooth(0.62, 0.8, y / H) * smooth(1.0, 0.85, y / H))
    finish(canvas, rng, "hills-mist.jpg")


def river_dusk():
    """A slow river at dusk: far hills, a wooded bank and its reflection, reeds near by."""
    rng = np.random.default_rng(1912)
    horizon = int(H * 0.535)
    y, x = np.mgrid[0:H, 0:W].astype(np.float32)
    canvas = sky([(0, (141, 148, 143)), (0.16, (170, 168, 156)), (0.33, (209, 188, 165)), (0.46, (233, 199, 164)),
                  (0.54, (240, 208, 172)), (1, (240, 208, 172))])
    glow = np.exp(-(((x / W - 0.40) / 0.34) ** 2 + ((y / H - 0.50) / 0.13) ** 2))
    canvas = wash(canvas, (253, 226, 184), 0.8 * glow)
    streak = noise(rng, 1.6, 13, 6, 0.56)
    tilt = np.clip(streak + 0.10 * (noise(rng, 3, 3, 4) - 0.5), 0, 1)
    band = smooth(0.0, 0.12, y / H) * smooth(0.52, 0.34, y / H)
    canvas = wash(canvas, (166, 131, 113), 0.60 * smooth(0.53, 0.80, tilt) * band)
    canvas = wash(canvas, (249, 219, 183), 0.50 * smooth(0.47, 0.22, tilt) * band)

    for index, (height, swing, cells, tone, tree) in enumerate([
            (0.455, 0.060, 2.3, (183, 163, 148), 0), (0.492, 0.040, 3.0, (146, 136, 124), 9), (0.515, 0.022, 3.2, (112, 112, 101), 20)]):
        ridge = H * (height + swing * line_noise(rng, cells, 8, 0.45))
        image, draw = layer()
        draw.polygon([(0, horizon), *[(i, min(horizon, float(ridge[i]))) for i in range(0, W, 2)], (W, float(ridge[-1])), (W, horizon)], rgb(tone))
        for _ in range(1500 if tree else 0):
            px = rng.uniform(0, W)
            py = min(horizon, ridge[int(px)] + tree * 0.2 + rng.random() ** 2 * H * 0.03)
            conifer(draw, rng, px, py, tree * rng.uniform(0.5, 1.3), rgb(np.array(tone) + rng.normal(0, 3)), 0.26)
        canvas = over(canvas, image, blur=[3, 1.8, 1.0][index])
        canvas = wash(canvas, (240, 206, 170), 0.5 * np.exp(-(((y - horizon) / (H * 0.028)) ** 2)) * (y < horizon))

    # the far bank and its trees: tall to the right, thinning to the left
    image, draw = layer()
    tone = np.array([62, 66, 56], np.float32)
    shore = horizon + 3 + 5 * line_noise(rng, 9, 5)
    lift = 7 + 8 * np.abs(line_noise(rng, 14, 6))
    for index in range(420):
        px = W * (1 - abs(rng.normal(0, 0.30))) if rng.random() < 0.72 else rng.uniform(0, W * 0.33) * rng.random()
        if px < 0 or px > W + 40:
            continue
        edge = (px / W) if px > W * 0.35 else 0.46 * (1 - px / W / 0.36) + 0.12
        size = H * (0.022 + 0.175 * max(0.0, edge - 0.22) ** 1.25) * rng.uniform(0.45, 1.25)
        front = index / 420  # the wood behind is paler and taller, what stands by the water is dark and low
        size *= 1.12 - 0.5 * front
        shade = rgb(mix((104, 101, 86), (50, 54, 46), front) + rng.normal(0, 4) * np.array([1.1, 1, 0.9]))
        foot = horizon + 2
        if rng.random() < 0.52:
            if size < H * 0.045:  # willows and shrubs hug the shore
                for _ in range(14):
                    bx, by = px + rng.normal(0, size * 0.7), foot - abs(rng.normal(0, size * 0.22))
                    rr = size * rng.uniform(0.10, 0.26)
                    draw.polygon([(bx + math.cos(a) * rr * rng.uniform(0.8, 1.7), by + math.sin(a) * rr * rng.uniform(0.6, 1.1))
                                  for a in np.linspace(0, 2 * math.pi, 9)[:-1]], shade)
            else:
                broadleaf(draw, rng, px, foot, size * 0.85, shade)
        else:
            conifer(draw, rng, px, foot, size * 1.15, shade, rng.uniform(0.17, 0.26), rng.normal(0, 0.01))
    draw.polygon([(0, float(shore[0])), *[(i, float(horizon - lift[i] * (0.25 + 1.0 * abs(i / W - 0.34) + 11.0 * max(0.0, i / W - 0.5)))) for i in range(0, W, 3)],
                  (W, float(shore[-1])), *[(i, float(shore[i])) for i in range(W - 1, 0, -3)]], rgb(tone))
    canvas = over(canvas, image, blur=0.7)
    canvas = wash(canvas, (226, 196, 166), 0.34 * np.exp(-(((y - horizon + 12) / (H * 0.02)) ** 2)) * (y < horizon + 6))

    # water: the upper picture turned over, shaken by ripples that grow toward us
    depth = np.clip((y - horizon) / (H - horizon), 0, 1)
    ripple_a = noise(rng, 10, 120, 4, 0.6) - 0.5
    ripple_b = noise(rng, 4, 40, 4, 0.6) - 0.5
    reach = (y - horizon) * (1.0 + 0.12 * depth)
    sy = horizon - 2 - reach - (ripple_a * 46 * depth**0.75 + ripple_b * 70 * depth) * SCALE / 2
    sx = x + (ripple_a * 16 + ripple_b * 22) * depth * SCALE
    mirror = canvas[np.clip(sy, 0, horizon - 3).astype(np.int32), np.clip(sx, 0, W - 1).astype(np.int32)]
    water = mirror * (0.93 - 0.22 * depth[..., None]) + np.array([4, 3, 1], np.float32)
    water = wash(water, (88, 93, 86), 0.42 * depth**1.3)
    crest = noise(rng, 14, 190, 3, 0.6)
    water = wash(water, (247, 220, 186), 0.34 * smooth(0.60, 0.86, crest) * smooth(0.0, 0.1, depth) * (0.25 + 0.75 * np.exp(-(((x / W - 0.40) / 0.26) ** 2))))
    water = wash(water, (70, 76, 69), 0.30 * smooth(0.42, 0.16, crest) * depth)
    canvas = np.where((y > shore[None, :])[..., None], water, canvas)
    haze = np.exp(-(((y - horizon - 10) / (H * 0.016)) ** 2)) * (0.3 + 0.7 * noise(rng, 3, 6, 4))
    canvas = wash(canvas, (238, 212, 180), 0.40 * haze)

    # our own bank: earth, stones, reeds, and a bare alder leaning over the water
    image, draw = layer()
    dark = np.array([38, 38, 31], np.float32)
    curve = np.linspace(0, 1, W)
    bank = H * (0.905 + 0.018 * line_noise(rng, 6, 7, 0.5) + 0.16 * smooth(0.16, 0.62, curve) - 0.055 * (1 - smooth(0.0, 0.2, curve)))
    draw.polygon([(0, H), *[(i, float(bank[i])) for i in range(0, W, 2)], (W, float(bank[-1])), (W, H)], rgb(dark))
    for _ in range(2600):
        px = rng.uniform(0, 1) ** 1.35 * W * 0.66
        i = int(px)
        py = bank[i] + rng.random() ** 1.5 * (H - bank[i] + 60) + 6
        tone = dark + rng.normal(0, 6) + np.array([24, 18, 8]) * rng.random() ** 2
        tall = H * rng.uniform(0.018, 0.085) * (1.25 - 0.7 * px / (W * 0.66))
        tip = grass(draw, rng, px, py, tall, rgb(tone), 0.16, int(rng.integers(2, 5)))
        if rng.random() < 0.035 and tall > H * 0.055:
            cattail(draw, tip, 26, 7, rgb(tone + 6))
    for _ in range(130):
        px = rng.normal(W * 0.09, W * 0.075)
        if px < 0:
            continue
        tip = grass(draw, rng, px, bank[int(min(px, W - 1))] + 30, H * rng.uniform(0.09, 0.2), rgb(dark + rng.normal(4, 5)), 0.10, 4)
        if rng.random() < 0.45:
            cattail(draw, tip, rng.uniform(34, 58), 9, rgb(dark + np.array([22, 9, 1])))
    tree_rng = np.random.default_rng(77)
    bare(draw, tree_rng, W * 0.045, H * 0.93, H * 0.27, -math.pi / 2 + 0.13, 40, rgb(dark))
    canvas = over(canvas, image, blur=0.5)
    finish(canvas, rng, "river-dusk.jpg")


def forest_path():
    """A path among tall firs, fading into fog with light ahead."""
    rng = np.random.default_rng(415)
    y, x = np.mgrid[0:H, 0:W].astype(np.float32)
    vanish_x, vanish_y = 0.545 * W, 0.575 * H
    canvas = sky([(0, (203, 206, 194)), (0.35, (226, 223, 209)), (0.6, (240, 232, 215)), (1, (205, 202, 184))])
    light = np.exp(-(((x - vanish_x) / (0.20 * W)) ** 2 + ((y - 0.44 * H) / (0.36 * H)) ** 2))
    canvas = wash(canvas, (255, 243, 220), 0.85 * light)
    canvas = wash(canvas, (196, 200, 188), 0.35 * smooth(0.5, 0.8, noise(rng, 3, 3, 6)))

    def centre(t):  # the path's middle and half width, t = 0 far, 1 at our feet
        t = np.asarray(t, np.float64)
        mid = vanish_x + W * (0.055 * np.sin(t * 4.4 + 0.2) * (1 - t) ** 0.5 * 1.2 - 0.085 * t**1.6)
        return mid, W * (0.006 + 0.165 * t**1.55)

    # ground
    ground_tone_far, ground_tone_near = np.array([203, 201, 184], np.float32), np.array([54, 60, 46], np.float32)
    t_map = np.clip((y - vanish_y) / (H - vanish_y), 0, 1)
    undul = H * 0.012 * line_noise(rng, 5, 6)
    on_ground = y > (vanish_y + undul[None, :] - 2)
    earth = np.stack([np.interp(t_map, [0, 0.25, 1], [ground_tone_far[c], mix(ground_tone_far, ground_tone_near, 0.42)[c], ground_tone_near[c]]) for c in range(3)], 2)
    mottled = noise(rng, 14, 30, 6, 0.62)
    earth = earth * (1 + 0.36 * (mottled[..., None] - 0.5) * (0.35 + t_map[..., None]))
    mid, half = centre(t_map)
    rough = (noise(rng, 26, 44, 5, 0.7) - 0.5) * 1.0
    across = np.abs(x - mid) / half + rough * 0.75
    trail = smooth(1.06, 0.86, across)
    trail_colour = np.stack([np.interp(t_map, [0, 0.3, 1], [a, b, c]) for a, b, c in ((236, 186, 119), (226, 161, 96), (207, 136, 71))], 2)
    litter = noise(rng, 60, 90, 4, 0.75)
    trail_colour = trail_colour * (1 + 0.34 * (litter[..., None] - 0.5))
    ruts = np.exp(-((np.abs(across) - 0.05) / 0.30) ** 2)
    trail_colour = wash(trail_colour, (232, 214, 186), 0.30 * ruts * (1 - 0.5 * t_map))
    earth = earth * (1 - trail[..., None]) + trail_colour * trail[..., None]
    canvas = np.where(on_ground[..., None], earth, canvas)
    # fallen leaves and needles, flattened by distance
    image, draw = layer()
    for tt in sorted(rng.random(9000) ** 0.8):
        px = rng.uniform(0, W)
        m, hw = centre(tt)
        on_trail = abs(px - m) < hw
        if not on_trail and rng.random() < 0.35:
            continue
        py = vanish_y + (H - vanish_y) * tt
        base = canvas[min(H - 1, int(py)), int(px)]
        shade = base + rng.normal(-5, 15) * (0.25 + tt) + np.array([10, 1, -9]) * rng.random() * tt
        long, flat = H * (0.0008 + 0.0062 * tt) * rng.uniform(0.4, 1.3), H * (0.0003 + 0.0017 * tt) * rng.uniform(0.5, 1.4)
        turn = rng.uniform(-0.5, 0.5)
        points = [(px + math.cos(q) * long - math.sin(q) * flat * turn, py + math.sin(q) * flat + math.cos(q) * flat * turn)
                  for q in np.linspace(0, 2 * math.pi, 7)[:-1]]
        draw.polygon(points, rgb(shade))
    canvas = over(canvas, image, blur=0.6)
    canvas = wash(canvas, (244, 236, 217), 0.85 * np.exp(-(((y - vanish_y) / (0.075 * H)) ** 2)) * (0.5 + 0.5 * light))

    def trunk(draw, px, foot, top, width, tone, lean):
        """A trunk with bark: an uneven column, lit a little on the side of the clearing."""
        n = 64
        wob = np.cumsum(np.cumsum(rng.normal(0, width * 0.0008, n + 1)))
        pts_l, pts_r = [], []
        for i in range(n + 1):
            s = i / n
            yy = foot + (top - foot) * s
            w = width * (1 - 0.42 * s) * 0.5
            w *= 1 + 0.75 * math.exp(-s * (foot - top) / (width * 0.55))  # the foot spreads into roots
            cx = px + lean * (foot - yy) + wob[i]
            pts_l.append((cx - w * rng.uniform(0.965, 1.03), yy))
            pts_r.append((cx + w * rng.uniform(0.965, 1.03), yy))
        roots = [(px + u * width * 0.8, foot + width * (0.16 - 0.2 * u * u) * rng.uniform(0.3, 1.4)) for u in (0.8, 0.5, 0.2, -0.1, -0.4, -0.7)]
        draw.polygon(pts_l + pts_r[::-1] + roots, rgb(tone))
        if width > 14:
            side = 1 if px < vanish_x else -1
            for _ in range(int(width * 5.5)):
                s = rng.random()
                i = int(s * n)
                yy = foot + (top - foot) * s
                lx, rx = pts_l[i][0], pts_r[i][0]
                u = rng.random()
                bx = lx + (rx - lx) * u
                lit = (u if side > 0 else 1 - u)
                length = min(foot - yy - 4, rng.uniform(12, 70) * min(1.6, width / 60))
                shade = tone + (lit - 0.55) * 30 + rng.normal(0, 6)
                draw.line([(bx, yy), (bx + rng.normal(0, 2) + lean * -length, yy + length)], rgb(shade), int(rng.integers(1, max(2, width // 24 + 2))))
        return wob

    def bough(draw, px, py, reach, tone, side):
        """A drooping branch hung with short needles."""
        steps = max(8, int(abs(reach) / 6))
        last = (px, py)
        sag = abs(reach) * rng.uniform(0.10, 0.34)
        for i in range(1, steps + 1):
            s = i / steps
            nx, ny = px + side * reach * s, py + sag * s**1.7 - abs(reach) * 0.04 * math.sin(s * 3)
            draw.line([last, (nx, ny)], rgb(tone), max(1, int(abs(reach) * 0.014 * (1 - s) + 1)))
            hang = abs(reach) * rng.uniform(0.05, 0.17) * (1 - 0.55 * s) * min(1, s * 4)
            for _ in range(3):
                draw.line([(nx, ny), (nx + side * hang * rng.uniform(-0.5, 0.9), ny + hang * rng.uniform(0.1, 1.0))],
                          rgb(tone + rng.normal(0, 4)), max(1, int(abs(reach) * 0.006)))
            last = (nx, ny)

    bands = [  # distance 0 far .. 1 near: how many trunks, width, tone
        (0.05, 54, 9), (0.12, 44, 14), (0.21, 34, 22), (0.33, 24, 34), (0.48, 15, 56), (0.70, 8, 96), (1.0, 3, 176)]
    fog_far, dark = np.array([222, 220, 205], np.float32), np.array([47, 48, 40], np.float32)
    for b, (dist, count, width) in enumerate(bands):
        image, draw = layer()
        tone = mix(fog_far, dark, dist**0.62)
        foot_t = 0.02 + 0.80 * dist**1.35
        mid, half = centre(foot_t)
        feet = []
        clear = half * (1.25 + 0.4 * (1 - dist)) + width * 1.1
        for k in range(count):
            if b == len(bands) - 1:
                px = [W * 0.035, W * 0.905, W * 1.005][k]
            else:
                side = -1 if k % 2 else 1
                gap = (W * 0.62 - clear) * (0.25 + 0.75 * (b > 1) if b < 2 else 1)
                px = mid + side * (clear + abs(rng.random()) ** 1.1 * max(gap, W * 0.2))
            foot = vanish_y + (H - vanish_y) * foot_t + rng.uniform(-0.03, 0.05) * H * (0.25 + dist)
            w = width * rng.uniform(0.6, 1.25)
            own = tone + rng.normal(0, 5)
            # under-storey boughs behind the trunk
            lean = rng.normal(0, 0.008)
            top = -40 if dist > 0.10 or rng.random() < 0.8 else H * rng.uniform(0.02, 0.2)
            trunk(draw, px, foot, top, w, own, lean)
            feet.append((px, foot, w))
            boughs = int(26 - 12 * dist)
            for _ in range(boughs):
                by = rng.uniform(-0.02, 0.40 + 0.10 * (1 - dist)) ** 1.0 * H
                if by > foot - 0.12 * H:
                    continue
                reach = w * rng.uniform(1.6, 5.2) * (1.05 - 0.45 * dist)
                bough(draw, px + lean * (foot - by), by, reach, own + rng.normal(3, 4), rng.choice([-1, 1]))
        # ferns and low growth from here to the next row of trunks, far ones first, denser away from the path
        until = 0.02 + 0.80 * bands[b + 1][0] ** 1.35 if b < len(bands) - 1 else 1.16
        places = [(tt, rng.uniform(-0.03, 1.03) * W) for tt in rng.uniform(foot_t - 0.012, until, int(340 - 60 * dist))]
        for px, foot, w in feet:
            tt = (foot - vanish_y) / (H - vanish_y)
            places += [(tt + abs(rng.normal(0, 0.022 * (0.3 + tt))), px + rng.normal(0, 0.75 * w + 6)) for _ in range(5 + int(9 * dist))]
        for tt, px in sorted(places):
            size = H * (0.005 + 0.100 * tt**1.15) * rng.uniform(0.6, 1.25)
            m, hw = centre(min(1.0, max(0.0, tt)))
            edge = abs(px - m) / hw
            if edge < 1.10 + 0.25 * rng.random():
                continue
            if edge < 2.0:
                size *= 0.45 + 0.5 * (edge - 1.1)
            fy = vanish_y + (H - vanish_y) * tt + size * 0.3
            green = mix(mix(fog_far, (68, 79, 52), max(0.02, tt) ** 0.40), tone, 0.26) + rng.normal(0, 3 + 6 * tt)
            if rng.random() < 0.10 * tt:
                green = mix(green, (140, 104, 66), 0.45)  # a frond that has turned
            fronds = int(rng.integers(5, 11))
            for f in range(fronds):
                a = -math.pi / 2 + (f / (fronds - 1) - 0.5) * rng.uniform(1.7, 2.5)
                length = size * rng.uniform(0.5, 1.1)
                pts = []
                for k in range(7):
                    u = k / 6
                    pts.append((px + math.cos(a) * length * u, fy + math.sin(a) * length * u + length * 0.55 * u**2.2))
                shade = rgb(green + rng.normal(0, 6))
                if size < 26:
                    draw.line(pts, shade, max(1, int(size * 0.10)))
                    continue
                draw.line(pts, shade, max(2, int(size * 0.022)))
                leaflets = 14 if size > 70 else 9
                for k in range(1, leaflets):
                    u = k / leaflets
                    cx = px + math.cos(a) * length * u
                    cy = fy + math.sin(a) * length * u + length * 0.55 * u**2.2
                    leaf = length * 0.24 * (1.06 - u) * min(1.0, 0.45 + 2.5 * u)
                    for sd in (-1, 1):
                        ang = a + sd * 1.15 + 0.5 * u
                        ex, ey = cx + math.cos(ang) * leaf, cy + math.sin(ang) * leaf + leaf * 0.25
                        wide = max(1.0, length * 0.30 / leaflets)
                        draw.polygon([(cx - wide * 0.7, cy), (ex, ey), (cx + wide * 0.7, cy + wide * 0.5)], shade)
        # grasses lean over the edge of the path
        for tt in sorted(rng.uniform(foot_t - 0.01, until, int(150 + 420 * dist))):
            m, hw = centre(min(1.0, max(0.0, tt)))
            side = rng.choice([-1, 1])
            if math.sin(tt * 31 + side * 2) + math.sin(tt * 83 + side) < rng.normal(0.2, 0.5):
                continue  # in tufts, with gaps
            px = m + side * hw * (1.0 + abs(rng.normal(0, 0.16)))
            green = mix(mix(fog_far, (78, 84, 56), max(0.02, tt) ** 0.40), (140, 118, 82), 0.3 * rng.random())
            grass(draw, rng, px, vanish_y + (H - vanish_y) * tt + 4, H * (0.002 + 0.028 * tt) * rng.uniform(0.3, 1.1),
                  rgb(green + rng.normal(0, 7)), -0.25 * side, 1 + int(3.2 * tt))
        canvas = over(canvas, image, blur=[3.6, 2.8, 2.0, 1.3, 0.8, 0.5, 1.6][b])
        if b < len(bands) - 1:
            drift = noise(rng, 2.4, 3.2, 6, 0.55)
            amount = (0.34 - 0.20 * dist) * (0.35 + 1.1 * drift) * smooth(1.0, 0.5, y / H)
            low = 0.30 * (1 - dist) * np.exp(-(((y - vanish_y - foot_t * (H - vanish_y)) / (0.06 * H)) ** 2)) * drift
            canvas = wash(canvas, (238, 232, 216), np.clip(amount + low, 0, 0.8))
            canvas = wash(canvas, (255, 244, 222), 0.24 * light * (1 - 0.7 * dist))
    # the forest's roof darkens the upper corners a little
    corner = smooth(0.25, 0.75, np.abs(x / W - 0.545)) * smooth(0.75, 0.0, y / H)
    canvas = wash(canvas, (96, 102, 88), 0.28 * corner)
    finish(canvas, rng, "forest-path.jpg")


PICTURES = {"hills-mist": hills_mist, "river-dusk": river_dusk, "forest-path": forest_path}

if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    for wanted in sys.argv[1:] or PICTURES:
        PICTURES[wanted]()
