#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A made-up song, different for every seed: make_song.py SEED SECONDS FILE. Notes and beats
of noise over the hiss of a tape, 22.05 kHz, 16 bits, stereo. The same seed gives the same
song."""
import math
import random
import struct
import sys
import wave

RATE = 22050


def song(seed, seconds):
    r = random.Random(seed)
    n = int(seconds * RATE)
    x = [r.uniform(-0.008, 0.008) for _ in range(n)]
    at = 0.3
    while at < seconds - 0.5:
        length = int(RATE * r.choice([0.15, 0.2, 0.35, 0.5, 0.7]))
        first, hz, level = int(at * RATE), 110 * 2 ** (r.randrange(30) / 12), r.uniform(0.1, 0.4)
        step, noisy = 2 * math.pi * hz / RATE, r.random() < 0.4
        decay, gain = math.exp(-6 / length), level
        for i in range(first, min(first + length, n)):
            p = step * (i - first)
            x[i] += gain * (r.uniform(-1, 1) if noisy else math.sin(p) + 0.3 * math.sin(3 * p))
            gain *= decay
        at += r.choice([0.12, 0.24, 0.36, 0.6])
    return x


def main():
    seed, seconds, path = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
    x = song(seed, seconds)
    frames = bytearray()
    for i, v in enumerate(x):
        late = x[i - 40] if i >= 40 else 0.0
        left, right = 0.8 * v + 0.2 * late, 0.7 * v - 0.2 * late
        frames += struct.pack("<hh", *(int(max(-1, min(1, c)) * 0.5 * 32767) for c in (left, right)))
    with wave.open(path, "wb") as w:
        w.setnchannels(2)
        w.setsampwidth(2)
        w.setframerate(RATE)
        w.writeframes(bytes(frames))


main()
