/* SPDX-License-Identifier: Apache-2.0 */
/*
 * FM radio: how much higher the peaks stand over the loudness behind what every station does to the
 * sound, and what its clipper then spoils: the median of the three loudest parts (fm_chain.h).
 */
#include "core/num.h"
#include "measure/analyser.h"
#include "model/survival.h"
#include "survival/fm_chain.h"
#include "survival/loudest.h"

#include <math.h>

/* What is said, and from where in the result of a part. */
enum { KEYS = 9 };
static const char *const keys[KEYS] = {
    "fm.regrowth_db", "fm.hf_drive_db",  "fm.regrowth_75us_db", "fm.hf_drive_75us_db", "fm.sdr_db",
    "fm.hf_sdr_db",   "fm.sdr_bs412_db", "fm.hf_sdr_bs412_db",  "fm.side_noise_db"};

/* In the order of the keys. */
static void lay_out(const struct hs_fm_result *r, double x[KEYS])
{
    for (int i = 0; i < 2; i++) {
        x[2 * i] = r->regrowth_db[i];
        x[2 * i + 1] = r->hf_drive_db[i];
        x[4 + 2 * i] = r->sdr_db[i];
        x[5 + 2 * i] = r->hf_sdr_db[i];
    }
    x[8] = r->side_noise_db;
}

/* Medians over the parts. */
static void put(struct hs_values *v, double x[KEYS][HS_LOUDEST_PARTS], size_t n)
{
    for (int k = 0; k < KEYS; k++) {
        double middle = hs_median(x[k], n);
        if (isfinite(middle))
            hs_values_number(v, keys[k], middle);
        else
            hs_values_nothing(v, keys[k], "no side");
    }
}

/* Runs the loudest parts through the chain of a station. */
static void finish(void *state, const struct hs_stream *stream, int64_t n_frames,
                   struct hs_values *v)
{
    struct hs_loudest parts;
    const char *why;
    double x[KEYS][HS_LOUDEST_PARTS];
    (void)state;
    (void)n_frames;
    if (!hs_loudest_read(v, &parts, &why)) {
        for (int k = 0; k < KEYS; k++)
            hs_values_absent(v, keys[k], "%s", why);
        return;
    }
    size_t most = (size_t)stream->sample_rate_hz * HS_LOUDEST_S;
    struct hs_fm_chain *f = hs_fm_chain_new(stream->sample_rate_hz, most);
    for (size_t i = 0; i < parts.n_parts; i++) {
        struct hs_fm_result r;
        double of_part[KEYS];
        hs_fm_chain_run(f, parts.left[i], parts.right[i], parts.n_frames[i], &r);
        lay_out(&r, of_part);
        for (int k = 0; k < KEYS; k++)
            x[k][i] = of_part[k];
    }
    hs_fm_chain_free(f);
    put(v, x, parts.n_parts);
}

#define MODEL " A model without a station's compressor, on the three loudest 20 s."
#define SOURCE "ITU-R BS.450; docs/survival.md"
#define DB(key, title, words)                                                                      \
    {                                                                                              \
        key, "dB", HS_NUMBER, 0, 1, HS_IN_STORE, title, words MODEL, SOURCE                        \
    }
static const struct hs_measure measures[] = {
    DB("fm.regrowth_db", "peaks taken back by FM radio",
       "How much higher the peaks (one frame in ten thousand) stand behind 30 Hz high-pass, 15 kHz "
       "low-pass, phase rotator and pre-emphasis of 50 us."),
    DB("fm.hf_drive_db", "treble drive of FM radio",
       "How much of that is pre-emphasis: what a station's clipper must shave because the music is "
       "bright."),
    DB("fm.regrowth_75us_db", "peaks taken back by FM radio, Americas",
       "The same as fm.regrowth_db with pre-emphasis of 75 us."),
    DB("fm.hf_drive_75us_db", "treble drive of FM radio, Americas",
       "The same as fm.hf_drive_db with pre-emphasis of 75 us."),
    DB("fm.sdr_db", "music over clipping, loud station",
       "Music over what a clipper at full deviation adds, behind the receiver's de-emphasis, at "
       "-10 "
       "LUFS; 80 where nothing is clipped."),
    DB("fm.hf_sdr_db", "treble over clipping, loud station", "The same from 5 to 15 kHz."),
    DB("fm.sdr_bs412_db", "music over clipping, BS.412 station", "The same at -15 LUFS."),
    DB("fm.hf_sdr_bs412_db", "treble over clipping, BS.412 station", "The same from 5 to 15 kHz."),
    DB("fm.side_noise_db", "side over middle on the air",
       "Energy of the side over that of the middle, 2 to 15 kHz: what a receiver that blends to "
       "mono takes away."),
};

static const char *const works_on[] = {"loudest", NULL};
const struct hs_analyser hs_analyser_fm = {
    .name = "fm",
    .version = 3,
    .stage = 1,
    .works_on = works_on,
    .on_request = HS_TO_FM,
    .measures = measures,
    .n_measures = sizeof measures / sizeof *measures,
    .finish = finish,
};
