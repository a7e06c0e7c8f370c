# SPDX-License-Identifier: Apache-2.0
"""Devices of a known kind and dose on real music: the part `devices` of scripts/bench-pairs, and the section `## Devices`
of docs/pairs.md.

One row per treatment: how many were named right, devices where there are none, refusals, errors of
the reduction beside its bound. Made by FFmpeg and SoX. Whoever imports this gives it the tools
(`use`); what was made once can be kept and taken from there the next time (--made DIR).
"""
import glob, json, os, statistics, sys, tempfile, textwrap

# Dense and loud: five; orchestral, percussion; soft and sparse: three. Six packages.
SONGS = ["hedgewars-data/Freeway.ogg", "ufoai-music/Crystan-Battlescape03.ogg", "nexuiz-music/beast-of-insanity.ogg", "wesnoth-1.16-music/siege_of_laurelmor.ogg",
         "freecol/sunrise.ogg", "unknown-horizons/irelands_coast.ogg", "xmoto-data/speeditup.ogg", "rrootage-data/stg_a.ogg", "unknown-horizons/nightdream.ogg", "redeclipse-data/track_06.ogg"]
STEM = "supertux-data/forest2.ogg"  # laid under a song, it is the stem that stands 2 dB off
FLOAT, S24, S16 = ("-c:a", "pcm_f32le"), ("-c:a", "pcm_s24le"), ("-c:a", "pcm_s16le")




CODECS = {"mp3 96": ("mp3", "-b:a", "96k"), "mp3 128": ("mp3", "-b:a", "128k"), "mp3 320": ("mp3", "-b:a", "320k"),
          "aac 64": ("m4a", "-c:a", "aac", "-b:a", "64k"), "aac 128": ("m4a", "-c:a", "aac", "-b:a", "128k"), "aac 256": ("m4a", "-c:a", "aac", "-b:a", "256k"),
          "opus 32": ("opus", "-c:a", "libopus", "-b:a", "32k"), "opus 64": ("opus", "-c:a", "libopus", "-b:a", "64k"), "opus 160": ("opus", "-c:a", "libopus", "-b:a", "160k"),
          "vorbis -1": ("ogg", "-c:a", "libvorbis", "-q:a", "-1"), "vorbis 3": ("ogg", "-c:a", "libvorbis", "-q:a", "3"), "vorbis 9": ("ogg", "-c:a", "libvorbis", "-q:a", "9")}
SPLIT = "acrossover=split=100 400 1600 6400:order=4th[a][b][c][d][e]"
JOIN = "[a][b][c][d][e]amix=inputs=5:normalize=0"
PHASE = ",".join(["allpass=f=200:t=q:w=0.707"] * 4)
LIMIT = "alimiter=limit=-0.5dB:attack=3:release=80:level=false:latency=1"
COMP = "acompressor=threshold={}dB:ratio={}:attack={}:release={}"
NONE, CURVE = [set()], [{"saturation"}, {"clipper"}]
run = ffmpeg = peak_db = reduction_truth = compare = None


def use(tools):
    """The tools of bench-pairs: run, ffmpeg, peak_db, reduction_truth, compare."""
    globals().update({k: getattr(tools, k) for k in ("run", "ffmpeg", "peak_db", "reduction_truth", "compare")})


def graph(src, dst, text, *options, more=()):
    run("ffmpeg", "-nostdin", "-v", "error", "-y", "-i", src, *more, "-filter_complex", text, *options, dst)


def filtered(text):
    return lambda x, y, tmp: ffmpeg(x, y, text, *S24)


def encode(src, dst, codec, tmp):
    ext, *options = CODECS[codec]
    run("ffmpeg", "-nostdin", "-v", "error", "-y", "-i", src, "-af", "volume=-1.3dB", *options, f"{tmp}/e.{ext}")
    ffmpeg(f"{tmp}/e.{ext}", dst, "", *FLOAT)


def encoded(codec):
    return lambda x, y, tmp: encode(x, y, codec, tmp)


def up_to(x, y, db):
    """Gain until the peaks pass full scale by `db`."""
    ffmpeg(x, y, f"volume={db - peak_db(x)}dB", *FLOAT)


def driven(db, text, codec=None):
    """A device on music driven by so many dB; its reduction by 10 ms."""
    def make(x, y, tmp):
        up_to(x, f"{tmp}/pre.wav", db)
        ffmpeg(f"{tmp}/pre.wav", f"{tmp}/post.wav", text, *FLOAT)
        if codec:
            encode(f"{tmp}/post.wav", y, codec, tmp)
        else:
            ffmpeg(f"{tmp}/post.wav", y, "volume=-0.3dB", *S24)
        return reduction_truth(f"{tmp}/pre.wav", f"{tmp}/post.wav")
    return make


def chained(comp, db, codec=None):
    """A compressor, made up until its peaks pass the limiter behind it by `db`."""
    def make(x, y, tmp):
        up_to(x, f"{tmp}/pre.wav", 0)
        ffmpeg(f"{tmp}/pre.wav", f"{tmp}/comp.wav", comp, *FLOAT)
        makeup = db - peak_db(f"{tmp}/comp.wav")
        ffmpeg(f"{tmp}/comp.wav", f"{tmp}/post.wav", f"volume={makeup}dB,{LIMIT}", *FLOAT)
        if codec:
            encode(f"{tmp}/post.wav", y, codec, tmp)
        else:
            ffmpeg(f"{tmp}/post.wav", y, "volume=-0.3dB", *S24)
        return [t + makeup for t in reduction_truth(f"{tmp}/pre.wav", f"{tmp}/post.wav")]
    return make


def clipped(db, codec=None):
    def make(x, y, tmp):
        up_to(x, f"{tmp}/pre.wav", db)
        ffmpeg(f"{tmp}/pre.wav", f"{tmp}/c.wav" if codec else y, "", *S16)
        if codec:
            encode(f"{tmp}/c.wav", y, codec, tmp)
    return make


def banded(ratio, threshold):
    def make(x, y, tmp):
        up_to(x, f"{tmp}/pre.wav", 0)
        comp = COMP.format(threshold, ratio, 10, 120)
        graph(f"{tmp}/pre.wav", y, SPLIT + ";" + ";".join(f"[{b}]{comp}[{b}{b}]" for b in "abcde") + ";" + "".join(f"[{b}{b}]" for b in "abcde") +
              "amix=inputs=5:normalize=0", *FLOAT)
    return make


def companded(x, y, tmp):
    """SoX's mcompand as a radio station sets it, less its last limiter."""
    up_to(x, f"{tmp}/pre.wav", -6)
    run("sox", "-D", "-V1", f"{tmp}/pre.wav", "-e", "float", y, "mcompand", "0.005,0.1 -47,-40,-34,-34,-17,-33", "100", "0.003,0.05 -47,-40,-34,-34,-17,-33", "400",
        "0.000625,0.0125 -47,-40,-34,-34,-15,-33", "1600", "0.0001,0.025 -47,-40,-34,-34,-31,-31,-0,-30", "6400", "0,0.025 -38,-31,-28,-28,-0,-25")


def on_stem(make):
    """The same beside a mix whose one stem stands 2 dB higher than in what was mastered."""
    def both(x, y, tmp):
        stem, right, off = f"{STEM_AT}", f"{tmp}/right.wav", f"{tmp}/off.wav"
        for to, db in ((right, -8), (off, -6)):
            graph(x, to, f"[1]highpass=f=200,volume={db}dB[b];[0]volume=-3dB[a];[a][b]amix=inputs=2:normalize=0:duration=first", *S24, more=("-i", stem))
        truth = make(right, y, tmp)
        os.replace(off, f"{os.path.dirname(y)}/x.wav")
        return truth
    return both


def kinds():
    """name: (make, [sets of names that are right], harmless)"""
    k = {"untouched": (filtered("volume=-2dB"), NONE, True),
         "equalised": (filtered("highpass=f=28,bass=g=2:f=90:w=0.7,equalizer=f=400:t=q:w=1:g=-2,treble=g=3:f=8000:w=0.7"), NONE, True),
         "equalised, linear phase": (filtered("firequalizer=gain_entry='entry(0,0);entry(80,2);entry(400,-2);entry(2000,0);entry(8000,3);entry(20000,3)':delay=0.1"), NONE, True),
         "fade out 12 s": (filtered("afade=t=out:st=24:d=12"), NONE, True), "fade out, exp": (filtered("afade=t=out:st=16:d=20:curve=exp"), NONE, True),
         "fade out, qsin": (filtered("afade=t=out:st=26:d=10:curve=qsin"), NONE, True), "fade out, log": (filtered("afade=t=out:st=18:d=18:curve=log"), NONE, True),
         "fade in 6 s": (filtered("afade=t=in:st=0:d=6"), NONE, True),
         "ride": (filtered("volume='pow(10,(2.5*between(t,8,14)-1.5*between(t,18,22))/20)':eval=frame"), NONE, True),
         "excerpt": (filtered("atrim=4:22"), NONE, True), "all-passes": (filtered(PHASE), NONE, True),
         "crossover": (lambda x, y, t: graph(x, y, SPLIT + ";" + JOIN, *S24), NONE, True),
         "crossover, two ways, 8th order": (lambda x, y, t: graph(x, y, "acrossover=split=700:order=8th[a][b];[a][b]amix=inputs=2:normalize=0", *S24), NONE, True),
         "side +3 dB": (filtered("stereotools=slev=1.41"), NONE, True), "8 bit": (lambda x, y, t: ffmpeg(x, y, "", "-c:a", "pcm_u8"), NONE, True),
         "one stem 2 dB off": (on_stem(filtered("volume=-2dB")), NONE, True),
         "faded and mp3 128": (lambda x, y, t: (ffmpeg(x, f"{t}/f.wav", "afade=t=out:st=24:d=12", *S24), encode(f"{t}/f.wav", y, "mp3 128", t))[:0] or None, NONE, True)}
    for c in CODECS:
        k[f"encoded {c}"] = (encoded(c), NONE, True)
    for db in (3, 6, 12, 18):
        k[f"clip {db} dB"] = (clipped(db), [{"clipper"}] + ([{"saturation"}] if db > 6 else []), False)
    for c in ("mp3 128", "aac 128", "opus 64"):
        k[f"clip 6 dB, {c}"] = (clipped(6, c), CURVE, False)
        k[f"tanh 6 dB, {c}"] = (driven(6, "asoftclip=type=tanh", c), CURVE, False)
        k[f"limiter 6 dB, {c}"] = (driven(6, LIMIT, c), [{"limiter"}], False)
    for db in (4, 8):
        k[f"tanh {db} dB"] = (driven(db, "asoftclip=type=tanh"), CURVE, False)
    k["tanh 2 dB"] = (driven(2, "asoftclip=type=tanh"), CURVE + NONE, False)
    k["cubic 6 dB"] = (driven(6, "asoftclip=type=cubic"), CURVE, False)
    k["atan 6 dB"] = (driven(6, "asoftclip=type=atan"), CURVE, False)
    for db in (1, 3, 6, 12):
        k[f"limiter {db} dB"] = (driven(db, LIMIT), [{"limiter"}] + (NONE if db < 2 else []), False)
    k["limiter 5 dB, slow"] = (driven(5, LIMIT.replace("release=80", "release=300")), [{"limiter"}], False)
    k["limiter 6 dB, one stem off"] = (on_stem(driven(6, LIMIT)), [{"limiter"}], False)
    k["compressor 1.5:1"] = (driven(0, COMP.format(-24, 1.5, 20, 200)), [{"compressor"}, set()], False)
    for t, r, a, d in ((-20, 3, 10, 150), (-26, 2, 30, 300), (-18, 6, 3, 80)):
        k[f"compressor {r}:1"] = (driven(0, COMP.format(t, r, a, d)), [{"compressor"}], False)
    k["compressor 3:1, mp3 128"] = (driven(0, COMP.format(-20, 3, 10, 150), "mp3 128"), [{"compressor"}], False)
    k["compressor 3:1, one stem off"] = (on_stem(driven(0, COMP.format(-20, 3, 10, 150))), [{"compressor"}], False)
    both = [{"compressor", "limiter"}, {"limiter", "unsure"}]
    k["compressor, limiter 4 dB"] = (chained(COMP.format(-20, 2.5, 15, 150), 4), both, False)
    k["compressor, limiter 7 dB"] = (chained(COMP.format(-16, 2, 30, 250), 7), both, False)
    k["compressor, limiter 4 dB, mp3 128"] = (chained(COMP.format(-20, 2.5, 15, 150), 4, "mp3 128"), both, False)
    k["multiband 4:1"] = (banded(4, -26), [{"multiband"}, {"multiband", "limiter"}], False)
    k["multiband 2.5:1"] = (banded(2.5, -30), [{"multiband"}, {"multiband", "limiter"}], False)
    k["multiband, SoX"] = (companded, [{"multiband"}, {"multiband", "limiter"}], False)
    return k


def carriers(music, n, seconds, base, rate):
    """[(wave file, name)]; also cuts the stem."""
    out = []
    for pattern in [STEM] + SONGS[:n]:
        package, name = pattern.split("/")
        found = sorted(glob.glob(f"{music}/{package}/**/{name}", recursive=True))
        if not found:
            sys.exit(f"bench-pairs: no {pattern} in {music}; run scripts/music {package}")
        to = f"{base}/{name}.{seconds:g}.wav"
        if not os.path.exists(to):
            run("ffmpeg", "-nostdin", "-v", "error", "-y", "-ss", "20", "-i", found[0], "-t", seconds, "-af", "volume=-6dB", "-ar", rate, "-ac", 2, *S24, to)
        out.append((to, name))
    globals()["STEM_AT"] = out[0][0]
    return out[1:]


def names_of(pair):
    """What the chain says, as a set; None where the pair was refused."""
    if pair["status"] != "aligned":
        return None
    return {d["kind"] for d in pair["chain"]} | ({"unsure"} if pair.get("hidden_compressor") else set())


def is_right(names, right):
    return names is not None and any(names == r or names - {"unsure"} == r for r in right)


def make(kind, x, song, made, tmp):
    """(mix, master, truth) of a treatment of a song; kept in `made` where that is a folder."""
    at = os.path.join(made or tmp, f"{kind}-{song}".replace(" ", "_").replace(",", "").replace(":", ""))
    mix, y, said = f"{at}/x.wav", f"{at}/y.wav", f"{at}/truth.json"
    if not os.path.exists(said):
        os.makedirs(at, exist_ok=True)
        truth = kinds()[kind][0](x, y, tmp)
        json.dump(truth, open(said, "w"))
    return mix if os.path.exists(mix) else x, y, json.load(open(said))


def measure(o, base, rate):
    """All rows: {kind: [(song, names, right?, pair, truth)]}; each is printed as it comes."""
    table = {}
    made = o.made
    os.makedirs(made or base, exist_ok=True)
    for x, song in carriers(o.music, o.device_songs, o.device_seconds, made or base, rate):
        for kind, (_, right, safe) in kinds().items():
            if o.kinds and not any(w in kind for w in o.kinds.split(",")):
                continue
            with tempfile.TemporaryDirectory(dir=base) as tmp:
                mix, y, truth = make(kind, x, song, made, tmp)
                pair = compare(mix, y)
            names = names_of(pair)
            ok = is_right(names, right)
            table.setdefault(kind, []).append((song, names, ok, pair, truth))
            if o.pairs:
                open(o.pairs, "a").write(json.dumps({"kind": kind, "song": song, "right": ok, "truth": truth, "pair": {k: v for k, v in pair.items() if k not in (
                    "gain_reduction_series", "candidates", "absent")}}) + "\n")
            print(line(kind, song, names, ok, pair, truth), flush=True)
    return table


def line(kind, song, names, ok, pair, truth):
    gr = pair["gain_reduction_db"] or {}
    bound = pair["bounds"].get("gain_reduction_db.p95")
    said = pair["status"] if names is None else "+".join(sorted(names)) or "none"
    miss = ""
    if figures([(song, names, ok, pair, truth)]):
        miss = "".join(f" {k} off {e:.2f} of {b:.2f}" for k, e, b, inside, _, _ in figures([(song, names, ok, pair, truth)]) if not inside)
    return (f"{kind:34s} {song[:20]:20s} {'' if ok else 'WRONG '}{said} p95 {gr.get('p95')} truth {truth} bound {bound}"
            f"{' at least' if pair['gain_reduction_lower_bound'] else ''} residual {pair['residual_db']}{miss} {(pair['why'] or '')[:60]}")


def figures(rows):
    """[(which, error, bound, inside, at least, one stem off)] of gain devices that were named."""
    out = []
    for _, names, _, pair, truth in rows:
        gr = pair["gain_reduction_db"]
        if not truth or not names or not names & {"compressor", "limiter"} or names & {"clipper", "saturation"} or not gr or gr["p95"] is None:
            continue
        for key, t in zip(("median", "p95"), truth):
            error, bound = gr[key] - t, pair["bounds"][f"gain_reduction_db.{key}"]
            lower = pair["gain_reduction_lower_bound"]
            out.append((key, error, bound, error <= bound if lower else abs(error) <= bound, lower))
    return [(*f, None) for f in out]


def quantile(x, q):
    x = sorted(x)
    return x[min(int(q * len(x)), len(x) - 1)] if x else float("nan")


def write(table, names, seconds):
    """Lines of the page; `seconds` of each song were taken."""
    safe = {k for k, v in names.items() if v[2]}
    rows = [r for v in table.values() for r in v]
    n, right = len(rows), sum(r[2] for r in rows)
    refused = sum(r[1] is None for r in rows)
    harmless = [r for k, v in table.items() if k in safe for r in v]
    false = sum(bool(r[1]) for r in harmless)
    songs = {r[0] for r in rows}
    packages = sorted({s.split("/")[0] for s in SONGS if s.split("/")[1] in songs})
    summary = (f"{n} pairs of {seconds:g} s, {len(songs)} songs of {len(packages)} packages ({', '.join(packages)}): {right} named right ({100 * right / max(n, 1):.1f} %), "
               f"{refused} refused ({100 * refused / max(n, 1):.1f} %); a device named on {false} of {len(harmless)} pairs that have none.")
    out = ["## Devices", "", *textwrap.wrap(summary, 118, break_on_hyphens=False), "", "| treatment | right | named |", "|---|---|---|"]
    for kind, v in table.items():
        said = [r[3]["status"] if r[1] is None else "+".join(sorted(r[1])) or "none" for r in v]
        out.append(f"| {kind} | {sum(r[2] for r in v)} of {len(v)} | " + ", ".join(f"{w} {said.count(w)}" for w in sorted(set(said))) + " |")
    out += ["", "Reduction of compressors, limiters and both (truth: level before less level behind, by 10 ms). \"At least\" holds",
            "where the truth is not below the figure less its bound.", "",
            "| figure | n | error: 50 / 90 / 95 % | within 0.7 dB | inside its bound | median bound |", "|---|---|---|---|---|---|"]
    off = {k for k in table if "stem" in k}
    for stem in (False, True):
        part = figures([r for k, v in table.items() if (k in off) == stem for r in v])
        for key in ("median", "p95"):
            for lower in (False, True):
                f = [x for x in part if x[0] == key and x[4] == lower]
                if f:
                    e = [abs(x[1]) for x in f]
                    out.append(f"| {key}{', at least' if lower else ''}{', one stem 2 dB off' if stem else ''} | {len(f)} | {quantile(e, .5):.2f} / {quantile(e, .9):.2f} / {quantile(e, .95):.2f} | "
                               f"{100 * sum(v <= .7 for v in e) / len(f):.0f} % | {100 * sum(x[3] for x in f) / len(f):.0f} % | {statistics.median(x[2] for x in f):.2f} |")
    return out
