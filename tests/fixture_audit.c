/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture_audit.h"

#include "core/alloc.h"
#include "core/num.h"
#include "model/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define N(array) (sizeof(array) / sizeof *(array))

struct scale {
    const char *rule, *unit;
    double centre, spread, jnd;
    int side; /* 0: a ladder */
    enum hs_tier tier;
    const struct hs_move *move;
    double hz;
};

static const struct scale scales[] = {
    {"boomy", "dB", 0, 2.0, 1.0, 1, HS_INFERRED, &hs_move_low_shelf, 120},
    {"thin", "dB", 0, 2.0, 1.0, -1, HS_INFERRED, &hs_move_low_shelf, 160},
    {"muddy", "dB", 0, 1.6, 1.0, 1, HS_INFERRED, &hs_move_bell, 300},
    {"harsh", "dB", 0, 1.8, 1.0, 1, HS_INFERRED, &hs_move_bell, 3200},
    {"sibilant", "dB", 0, 2.0, 1.0, 1, HS_INFERRED, &hs_move_bell, 7000},
    {"bright", "dB", 0, 2.3, 1.0, 1, HS_INFERRED, &hs_move_high_shelf, 8000},
    {"dull", "dB", 0, 2.3, 1.0, -1, HS_INFERRED, &hs_move_high_shelf, 8000},
    {"kick_low", "dB", 0, 1.5, 1.0, -1, HS_INDICATION, &hs_move_bell, 60},
    {"wide", "dB", -12, 3.0, 1.5, 1, HS_INFERRED, &hs_move_width, 0},
    {"lopsided", "dB", 0, 0.6, 0.5, 0, HS_MEASURED, &hs_move_gain, 0},
    {"out_of_phase", "", 0.6, 0.15, 0.1, -1, HS_MEASURED, NULL, 0},
    {"over_limited", "dB", 9, 1.5, 1.0, -1, HS_INFERRED, &hs_move_less_limiting, 0},
    {"clipped", "ppm", 0, 20, 10, 0, HS_MEASURED, NULL, 0},
    {"wet", "dB", 0, 2.0, 1.0, 1, HS_INDICATION, NULL, 0},
};

static const char *const nasty_titles[] = {
    "<script>alert('title')</script>",
    "\"Quoted\" & 'Apostrophed' <b>",
    "Two\nlines\tand a tab",
    "Caf\xe9 in Latin-1 \xff",
    "\xe2\x80\xaeoverride and \xe2\x80\xa8 separator",
    "=HYPERLINK(\"http://example.invalid\")",
    "Bj\xc3\xb6rk \xe2\x80\x94 \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e \xf0\x9f\x8e\xb5",
    ("Averyverylongtitlewithoutanyspaceinitthatgoesonandonuntilitwouldbreakanytablethatdoesnot"
     "knowhowtohandleatitlethatislongerthanthepageonwhichitissupposedtostandAverylongone"),
    "--><!-- </title></svg>",
    "javascript:alert(1)",
};
static const char *const words[] = {"Red",    "River",  "Night",  "Engine", "Glass", "Summer",
                                    "Hollow", "Signal", "Winter", "Paper",  "Iron",  "Garden"};
static const char *const engineers[] = {"A. Mixer", "B. Mixer <i>", "C. Mixer"};
static const char *const masterers[] = {"D. Master", "E. Master"};

struct builder {
    struct fixture *f;
    const char *prefix;
    struct hs_arena *a;
    struct hs_rng rng;
};

static double gauss(struct builder *b)
{
    double sum = 0;
    for (int i = 0; i < 12; i++)
        sum += hs_rng_uniform(&b->rng);
    return sum - 6;
}

/* Rounded, so that the last bits of libm do not stand in goldens. */
static double near(double x)
{
    return round(x * 1000) / 1000;
}

static void name_track(struct builder *b, struct hs_track *t, size_t i)
{
    if (i % 7 == 3 && i / 7 < N(nasty_titles))
        t->title = nasty_titles[i / 7];
    else
        t->title =
            hs_arena_printf(b->a, "%s %s", words[i % N(words)], words[(i * 5 + i / 12) % N(words)]);
    t->id = hs_arena_printf(b->a, "r%zu-track-%02zu", t->release + 1, i + 1);
}

static void fill_track(struct builder *b, struct hs_track *t, size_t i, size_t in_release)
{
    struct hs_source *mix = HS_ARENA_NEW(b->a, struct hs_source);
    name_track(b, t, i);
    t->disc = 1;
    t->track = (int)in_release + 1;
    t->mixed_by = engineers[t->release % N(engineers)];
    t->mastered_by = masterers[t->release % N(masterers)];
    t->studio = "Red Room";
    t->isrc = hs_arena_printf(b->a, "AUXX1%07zu", i);
    t->recall = i % 3 ? HS_RECALL_SESSION : HS_RECALL_STEREO;
    t->plays = i % 4 ? NAN : 1000.0 * (double)(i + 1);
    t->master.shown = hs_arena_printf(b->a, "masters/%02zu %s.flac", i + 1, t->title);
    t->master.path = hs_arena_printf(b->a, "/archive/%s", t->master.shown);
    mix->shown = hs_arena_printf(b->a, "mixes/caf\xe9 %02zu.wav", i + 1);
    mix->path = hs_arena_printf(b->a, "/archive/%s", mix->shown);
    t->mixes = mix;
    t->n_mixes = i % 5 == 4 ? 0 : 1;
}

static void fill_job(struct builder *b, size_t n_releases, size_t per_release)
{
    struct hs_job *job = &b->f->job;
    struct hs_release *releases = HS_ARENA_ARRAY(b->a, struct hs_release, n_releases);
    struct hs_track *tracks = HS_ARENA_ARRAY(b->a, struct hs_track, n_releases * per_release);
    for (size_t r = 0; r < n_releases; r++) {
        releases[r] =
            (struct hs_release){.title = r == 1 ? "Second <Album> & \"More\""
                                                : hs_arena_printf(b->a, "Album %zu", r + 1),
                                .catalogue_number = hs_arena_printf(b->a, "EX-%03zu", r + 1),
                                .year = 1998 + (int)(r % 24),
                                .studio = "Red Room",
                                .first_track = r * per_release,
                                .n_tracks = per_release};
        for (size_t k = 0; k < per_release; k++) {
            struct hs_track *t = &tracks[r * per_release + k];
            t->release = r;
            t->year = releases[r].year;
            fill_track(b, t, r * per_release + k, k);
        }
    }
    *job = (struct hs_job){.name = "example",
                           .artist = "The <Example> Band & Friends",
                           .path = "example.yaml",
                           .profile = "popular",
                           .budget_hours = NAN,
                           .releases = releases,
                           .n_releases = n_releases,
                           .tracks = tracks,
                           .n_tracks = n_releases * per_release};
}

static void fill_series(struct builder *b, struct hs_values *v, double level)
{
    enum { SECONDS = 180 };
    float x[SECONDS];
    for (size_t i = 0; i < SECONDS; i++)
        x[i] = (float)near(level + 3 * sin((double)i / 11) + (i < 8 ? (double)i - 8 : 0) +
                           0.4 * gauss(b));
    hs_values_series(v, "short_term_lufs", x, SECONDS, 1.5, 1);
}

static void fill_measures(struct builder *b, struct hs_file *file, double level, double tilt)
{
    struct hs_values *v = &file->values;
    double bands[HS_BANDS], correlation[HS_STEREO_BANDS];
    hs_values_init(v, b->a);
    for (size_t i = 0; i < HS_BANDS; i++)
        bands[i] = i == 30 ? NAN
                           : near(8 - 0.12 * (double)(i * i) / 8 + tilt * ((double)i - 15) / 8 +
                                  (i < 3 ? -12 + 4 * (double)i : 0) + 0.5 * gauss(b));
    for (size_t i = 0; i < HS_STEREO_BANDS; i++)
        correlation[i] = near(0.95 - 0.2 * (double)i + 0.05 * gauss(b));
    hs_values_number(v, "duration_s", 182.4);
    hs_values_number(v, "sample_rate_hz", 44100);
    hs_values_number(v, "channels", 2);
    hs_values_text(v, "codec", "flac");
    hs_values_number_bound(v, "integrated_lufs", near(level), 0.01);
    hs_values_number_bound(v, "true_peak_dbtp", near(level + 9 + 0.3 * gauss(b)), 0.05);
    hs_values_number(v, "loudness_range_lu", near(6 + gauss(b)));
    hs_values_absent(v, "dr_db", "shorter than %d s", 10);
    hs_values_number(v, "tilt_db_per_oct", near(-4.5 + tilt / 2));
    hs_values_array(v, "bands_db", bands, HS_BANDS);
    hs_values_array(v, "band_correlation", correlation, HS_STEREO_BANDS);
    fill_series(b, v, level);
}

static void fill_file(struct builder *b, struct hs_file *file, const struct hs_source *source,
                      size_t i, double level, double tilt)
{
    static const char *const errors[] = {
        "no such file", "Invalid data found when processing input: <bad> \"header\"",
        "the decoder hung twice"};
    file->source = source;
    hs_values_init(&file->values, b->a);
    if (i % 13 == 12) {
        size_t which = i / 13 % 3;
        file->state = (enum hs_file_state)(HS_FILE_MISSING + which);
        file->error = errors[which];
        return;
    }
    file->state = HS_FILE_OK;
    fill_measures(b, file, level, tilt);
}

static void fill_pair(struct builder *b, struct hs_track_result *t, size_t i)
{
    double eq[HS_BANDS], side[HS_BANDS], coherence[HS_BANDS];
    float reduction[1800];
    struct hs_pair *p = &t->pair;
    hs_values_init(&p->values, b->a);
    if (t->mix.state != HS_FILE_OK || t->master.state != HS_FILE_OK)
        return;
    p->state = i % 11 == 6 ? HS_PAIR_DIFFERENT : i % 11 == 9 ? HS_PAIR_CANNOT_SAY : HS_PAIR_ALIGNED;
    p->confidence = p->state == HS_PAIR_ALIGNED ? 0.99 : 0.4;
    p->why = p->state == HS_PAIR_ALIGNED ? NULL : "no offset explains both & <more>";
    if (p->state != HS_PAIR_ALIGNED)
        return;
    for (size_t k = 0; k < HS_BANDS; k++) {
        eq[k] = near(2 * sin((double)k / 5) + 0.1 * gauss(b));
        side[k] = near(eq[k] + (k > 15 ? 1.2 : -0.4));
        coherence[k] = near(0.98 - 0.01 * (double)(k > 20 ? k - 20 : 0));
    }
    for (size_t k = 0; k < N(reduction); k++)
        reduction[k] = (float)near(fmax(0, 2 + 2 * sin((double)k / 40) + 0.5 * gauss(b)));
    hs_values_number_bound(&p->values, "delay_s", 0.372, 0.0001);
    hs_values_number_bound(&p->values, "drift_ppm", 0, 0.2);
    hs_values_number_bound(&p->values, "gain_db", 5.2, 0.02);
    hs_values_number(&p->values, "polarity", 1);
    hs_values_flag(&p->values, "swapped", false);
    hs_values_array(&p->values, "eq_db", eq, HS_BANDS);
    hs_values_array(&p->values, "side_eq_db", side, HS_BANDS);
    hs_values_array(&p->values, "coherence", coherence, HS_BANDS);
    hs_values_number(&p->values, "width_change_db", 1.1);
    hs_values_number(&p->values, "gain_reduction_db.median", 1.2);
    hs_values_number(&p->values, "gain_reduction_db.p95", 4.0);
    hs_values_absent(&p->values, "residual_db", "less than 20 s shared");
    hs_values_series(&p->values, "gain_reduction_series", reduction, N(reduction), 0.05, 0.1);
}

static enum hs_severity severity_of(double steps, double z)
{
    return steps >= 5 && z >= 3      ? HS_SEVERE
           : steps >= 3 && z >= 2    ? HS_MODERATE
           : steps >= 2 && z >= 1.65 ? HS_MINOR
           : steps >= 1 && z >= 1.28 ? HS_NOTE
                                     : HS_NO_FAULT;
}

static void fill_correction(struct hs_finding *f, const struct scale *s)
{
    f->correction = (struct hs_correction){
        .where = f->origin == HS_ORIGIN_MASTERING ? HS_PLACE_MASTER : HS_PLACE_MIX,
        .move = s->move,
        .channel = s->hz > 0 && s->hz < 400 ? HS_CHANNEL_MID : HS_CHANNEL_BOTH,
        .hz = s->hz > 0 ? s->hz : NAN,
        .db = near(-(f->value - s->centre) / 2),
        .q = s->hz > 0 ? 0.7 : NAN,
        .after = f->value > s->centre ? f->expected[1] : f->expected[0],
        .words = "In the mix: as much as <it> takes & no more."};
}

/* With `prefix` before its id. */
static const struct hs_judged_rule *judged_rule(struct builder *b, const struct hs_judged_rule *of,
                                                const char *prefix)
{
    struct hs_judged_rule *copy = hs_arena_copy(b->a, of, sizeof *of);
    copy->rule = hs_arena_printf(b->a, "%s%s", prefix, of->rule);
    return copy;
}

static struct hs_finding make_finding(struct builder *b, const struct scale *s,
                                      const struct hs_judgement *j, double z, size_t i)
{
    static const enum hs_origin origins[] = {
        HS_ORIGIN_MIX,     HS_ORIGIN_MIX,       HS_ORIGIN_WORSENED, HS_ORIGIN_EASED,
        HS_ORIGIN_EXPOSED, HS_ORIGIN_MASTERING, HS_ORIGIN_MIX,      HS_ORIGIN_CURED};
    struct hs_passage *times = HS_ARENA_ARRAY(b->a, struct hs_passage, 3);
    for (size_t k = 0; k < 3; k++) {
        times[k].from_s = near((double)((i * 17 + k * 53) % 160));
        times[k].to_s = times[k].from_s + 8;
    }
    struct hs_finding f = {.rule = s->rule,
                           .tier = s->tier,
                           .severity = severity_of(j->steps, z),
                           .value = j->value,
                           .unit = s->unit,
                           .centre = j->centre,
                           .jnd = s->jnd,
                           .steps = j->steps,
                           .z = z,
                           .target = "references 60 %, built-in 40 %",
                           .target_n = 38,
                           .catalogue_z = near(0.4 * gauss(b)),
                           .origin = origins[hs_rng_below(&b->rng, N(origins))],
                           .mix_value = near(j->value - 0.3),
                           .change = 0.3,
                           .uncertainty = 0.2,
                           .heard = i % 9 == 0,
                           .times = times,
                           .n_times = 3,
                           .evidence = "Third octaves from 6.3 kHz up stand out <most> & longest."};
    hs_judgement_expected(j, f.expected);
    if (f.tier == HS_INDICATION && f.severity > HS_MINOR)
        f.severity = HS_MINOR;
    if (f.origin == HS_ORIGIN_EXPOSED)
        f.exposed_by = "4.0 dB of limiting";
    if (s->move)
        fill_correction(&f, s);
    else
        f.correction = (struct hs_correction){0};
    return f;
}

static void judge_one(struct builder *b, struct hs_track_result *t, const struct scale *s, size_t i)
{
    double z = gauss(b) * 1.15 + (s == &scales[5] ? 0.9 : 0);
    if (hs_rng_uniform(&b->rng) < 0.04) {
        t->not_judged[t->n_not_judged++] =
            (struct hs_not_judged){s->rule, "shorter than 30 s & <quiet>"};
        return;
    }
    const struct hs_judged_rule of = {
        .rule = s->rule,
        .unit = s->unit,
        .jnd = s->jnd,
        .side = s->side,
        .expected = {s->side > 0 ? NAN : near(s->centre - 1.28 * s->spread),
                     s->side < 0 ? NAN : near(s->centre + 1.28 * s->spread)}};
    struct hs_judgement j = {.of = judged_rule(b, &of, ""),
                             .value = near(s->centre + z * s->spread),
                             .mix_value = NAN,
                             .centre = s->centre,
                             .reach = NAN};
    double toward = s->side ? z * s->side : fabs(z);
    j.steps = near(toward * s->spread / s->jnd);
    j.z = (float)near(toward);
    t->judgements[t->n_judgements++] = j;
    if (severity_of(j.steps, near(toward)))
        t->findings[t->n_findings++] = make_finding(b, s, &j, near(toward), i);
}

static int worst_first(const void *a, const void *b)
{
    const struct hs_finding *x = a, *y = b;
    int cx = x->origin == HS_ORIGIN_CURED, cy = y->origin == HS_ORIGIN_CURED;
    if (cx != cy)
        return cx - cy;
    if (x->severity != y->severity)
        return (int)y->severity - (int)x->severity;
    return strcmp(x->rule, y->rule);
}

static void fill_ticks(struct builder *b, struct hs_track_result *t)
{
    t->ticks = HS_ARENA_ARRAY(b->a, struct hs_ear_note, 3);
    t->n_ticks = 3;
    t->ticks[0] = (struct hs_ear_note){"kick too low", "kick_low",    HS_ANSWER_YES,
                                       HS_ANSWER_YES,  HS_ANSWER_YES, HS_ANSWER_NULL};
    t->ticks[1] = (struct hs_ear_note){"sounds <odd>", NULL,           HS_ANSWER_YES,
                                       HS_ANSWER_NO,   HS_ANSWER_NULL, HS_ANSWER_NOT_APPLICABLE};
    t->ticks[2] = (struct hs_ear_note){NULL,           "bright",      HS_ANSWER_NULL,
                                       HS_ANSWER_NULL, HS_ANSWER_YES, HS_ANSWER_YES};
}

static void judge_track(struct builder *b, struct hs_track_result *t, size_t i)
{
    t->findings = HS_ARENA_ARRAY(b->a, struct hs_finding, N(scales));
    t->judgements = HS_ARENA_ARRAY(b->a, struct hs_judgement, N(scales));
    t->not_judged = HS_ARENA_ARRAY(b->a, struct hs_not_judged, N(scales));
    for (size_t k = 0; k < N(scales); k++) {
        if (t->master.state == HS_FILE_OK)
            judge_one(b, t, &scales[k], i);
        else
            t->not_judged[t->n_not_judged++] =
                (struct hs_not_judged){scales[k].rule, "the master could not be read"};
    }
    qsort(t->findings, t->n_findings, sizeof *t->findings, worst_first);
    for (size_t k = 1; k < t->n_findings; k++) {
        struct hs_finding *f = &t->findings[k];
        if (!strcmp(f->rule, "sibilant") && !strcmp(t->findings[0].rule, "bright"))
            f->explained_by = "bright";
    }
    if (i % 17 == 2 && t->n_findings) {
        t->findings[0].accepted = true;
        t->findings[0].accepted_why = "meant that way & <loud>";
    }
    if (t->pair.state != HS_PAIR_ALIGNED)
        for (size_t k = 0; k < t->n_findings; k++) {
            t->findings[k].origin = HS_ORIGIN_CANNOT_SAY;
            t->findings[k].mix_value = t->findings[k].change = NAN;
            t->findings[k].uncertainty = NAN;
        }
    if (i % 6 == 0)
        fill_ticks(b, t);
}

static void fill_results(struct builder *b)
{
    struct hs_audit *audit = &b->f->audit;
    size_t n = b->f->job.n_tracks;
    audit->tracks = HS_ARENA_ARRAY(b->a, struct hs_track_result, n);
    struct hs_expected_spectrum *spectrum = HS_ARENA_NEW(b->a, struct hs_expected_spectrum);
    audit->spectrum = spectrum;
    spectrum->target = "references 60 %, built-in 40 %";
    for (size_t k = 0; k < HS_BANDS; k++) {
        spectrum->centre[k] =
            near(8 - 0.12 * (double)(k * k) / 8 + (k < 3 ? -12 + 4 * (double)k : 0));
        spectrum->reach[k] = 4;
    }
    for (size_t i = 0; i < n; i++) {
        struct hs_track_result *t = &audit->tracks[i];
        t->track = &b->f->job.tracks[i];
        double tilt = gauss(b);
        fill_file(b, &t->master, &t->track->master, i, -9 + gauss(b), tilt);
        if (t->track->n_mixes)
            fill_file(b, &t->mix, t->track->mixes, i + 5, -16 + gauss(b), tilt);
        else
            hs_values_init(&t->mix.values, b->a);
        fill_pair(b, t, i);
        judge_track(b, t, i);
    }
}

/* The first tracks with and without the fault stand for the worst and the best. */
static void take_example(struct hs_recurrence *r, size_t i, const struct hs_judgement *j,
                         const struct hs_finding *f)
{
    struct hs_example e = {.track = i, .value = j->value, .steps = j->steps};
    if (f && r->n_worst < HS_EXAMPLES) {
        e.times = f->times;
        e.n_times = f->n_times;
        r->worst[r->n_worst++] = e;
    } else if (!f && r->n_best < HS_EXAMPLES) {
        r->best[r->n_best++] = e;
    }
}

static const struct hs_finding *counted(const struct hs_track_result *t, const char *rule)
{
    for (size_t k = 0; k < t->n_findings; k++)
        if (!strcmp(t->findings[k].rule, rule) && hs_finding_counts(&t->findings[k]))
            return &t->findings[k];
    return NULL;
}

static void count_rule(struct hs_audit *audit, size_t n, struct hs_recurrence *r)
{
    for (size_t i = 0; i < n; i++) {
        const struct hs_track_result *t = &audit->tracks[i];
        const struct hs_finding *f = counted(t, r->rule);
        for (size_t k = 0; k < t->n_judgements; k++)
            if (!strcmp(t->judgements[k].of->rule, r->rule)) {
                r->judged++;
                take_example(r, i, &t->judgements[k], f);
            }
        if (f) {
            r->faulty++;
            r->origins[f->origin]++;
        }
    }
}

static int most_faulty(const void *a, const void *b)
{
    const struct hs_recurrence *x = a, *y = b;
    return x->faulty != y->faulty ? y->faulty - x->faulty : strcmp(x->rule, y->rule);
}

static void fill_recurrence(struct builder *b)
{
    struct hs_audit *audit = &b->f->audit;
    audit->recurring = HS_ARENA_ARRAY(b->a, struct hs_recurrence, N(scales));
    audit->n_recurring = N(scales);
    for (size_t k = 0; k < N(scales); k++) {
        struct hs_recurrence *r = &audit->recurring[k];
        *r = (struct hs_recurrence){.rule = scales[k].rule,
                                    .unit = scales[k].unit,
                                    .base_rate = 0.08,
                                    .base_n = 40,
                                    .p = 0.2,
                                    .q = 0.3,
                                    .shift = 0.4,
                                    .shift_p = 0.1,
                                    .shift_interval = {-0.1, 0.9}};
        count_rule(audit, b->f->job.n_tracks, r);
        r->rate = r->judged ? near((double)r->faulty / r->judged) : NAN;
        r->interval = (struct hs_interval){near(fmax(0, r->rate - 0.13)), near(r->rate + 0.13)};
        r->recurring = r->rate > 0.1;
        r->verdict = r->recurring ? HS_RECURS : HS_NOT_SHOWN;
        r->evidence = HS_BY_SONGS;
        r->since.at = SIZE_MAX;
        r->why_not = r->recurring ? NULL : "no more than in the references";
        r->reading = r->recurring ? HS_PATTERN_MISTAKE : HS_PATTERN_TOO_FEW;
        r->q = r->recurring ? 0.001 : 0.3;
        r->trend = (struct hs_trend){.direction = k % 3 ? HS_STEADY : HS_WORSE,
                                     .p = 0.03,
                                     .q = 0.1,
                                     .rate_z = 1.1,
                                     .slope_per_year = 0.05,
                                     .slope_interval = {-0.02, 0.12},
                                     .slope_p = 0.2,
                                     .industry_slope_per_year = NAN,
                                     .n_releases = 5};
        r->associations = HS_ARENA_ARRAY(b->a, struct hs_association, 1);
        r->n_associations = r->recurring;
        r->associations[0] = (struct hs_association){.factor = "mixed_by",
                                                     .level = engineers[1],
                                                     .faulty = 4,
                                                     .judged = 6,
                                                     .faulty_else = 2,
                                                     .judged_else = 14,
                                                     .more = true,
                                                     .interval = {0.3, 0.9},
                                                     .odds_ratio = 5.1,
                                                     .p = 0.004,
                                                     .q = 0.01,
                                                     .aliased_with = "studio"};
    }
    qsort(audit->recurring, N(scales), sizeof *audit->recurring, most_faulty);
    if (b->f->job.n_releases < 3)
        return;
    /* one that does not recur and began with the third release, by notes alone */
    struct hs_recurrence *rarest = &audit->recurring[N(scales) - 1];
    rarest->since = (struct hs_since){.at = 2,
                                      .not_before = 2,
                                      .began = true,
                                      .p = .001,
                                      .q = .01,
                                      .log_odds = 7,
                                      .with = 8,
                                      .with_of = 9,
                                      .without = 1,
                                      .without_of = 10};
    rarest->trend = (struct hs_trend){.direction = HS_WORSE,
                                      .basis = HS_BASIS_CHANGE,
                                      .p = .001,
                                      .q = .01,
                                      .slope_per_year = 0,
                                      .industry_slope_per_year = NAN,
                                      .n_releases = 5};
}

static struct hs_shortlist_row list_track(struct builder *b, size_t i)
{
    const struct hs_track_result *t = &b->f->audit.tracks[i];
    struct hs_shortlist_row row = {.track = i, .fixability = 1, .reach = 1, .confidence = 0.9};
    double worst = 0;
    for (size_t k = 0; k < t->n_findings; k++)
        if (hs_finding_counts(&t->findings[k]) && t->findings[k].severity > worst)
            worst = t->findings[k].severity;
    row.severity = worst;
    row.priority = near(worst * 0.9);
    row.action = worst < HS_MODERATE                            ? HS_LEAVE
                 : t->findings[0].origin == HS_ORIGIN_MASTERING ? HS_RE_MASTER
                                                                : HS_RE_MIX;
    row.hours = row.action == HS_LEAVE ? 0 : 3.5;
    row.in_budget = true;
    row.why = row.action == HS_LEAVE ? "nothing that is worth the work"
                                     : "clearly off, can be recalled & <heard>";
    return row;
}

static int by_priority(const void *a, const void *b)
{
    const struct hs_shortlist_row *x = a, *y = b;
    int lx = x->action == HS_LEAVE, ly = y->action == HS_LEAVE;
    if (lx != ly)
        return lx - ly;
    if (x->priority < y->priority || x->priority > y->priority)
        return x->priority < y->priority ? 1 : -1;
    return x->track < y->track ? -1 : 1;
}

static void plan(struct builder *b, struct hs_shortlist_row *row)
{
    const struct hs_track_result *t = &b->f->audit.tracks[row->track];
    row->plan = HS_ARENA_ARRAY(b->a, struct hs_plan_step, t->n_findings + 1);
    for (size_t k = 0; k < t->n_findings; k++)
        if (hs_finding_counts(&t->findings[k]) && t->findings[k].correction.where)
            row->plan[row->n_plan++] = (struct hs_plan_step){(unsigned)k,
                                                             t->findings[k].correction.where,
                                                             t->findings[k].value,
                                                             t->findings[k].correction.after,
                                                             t->findings[k].correction.after_most,
                                                             0.5};
}

static void fill_shortlist(struct builder *b)
{
    struct hs_audit *audit = &b->f->audit;
    size_t n = b->f->job.n_tracks;
    audit->shortlist = HS_ARENA_ARRAY(b->a, struct hs_shortlist_row, n);
    audit->n_shortlist = n;
    for (size_t i = 0; i < n; i++)
        audit->shortlist[i] = list_track(b, i);
    qsort(audit->shortlist, n, sizeof *audit->shortlist, by_priority);
    for (size_t i = 0; i < n && audit->shortlist[i].action != HS_LEAVE; i++) {
        struct hs_shortlist_row *row = &audit->shortlist[i];
        row->rank = (int)i + 1;
        row->rank_low = i ? (int)i : 1;
        row->rank_high = (int)i + 3;
        plan(b, row);
    }
    audit->release_rows = HS_ARENA_ARRAY(b->a, struct hs_release_row, b->f->job.n_releases);
    audit->n_release_rows = b->f->job.n_releases;
    for (size_t r = 0; r < audit->n_release_rows; r++)
        audit->release_rows[r] =
            (struct hs_release_row){.release = r,
                                    .n_listed = 2,
                                    .hours = 7,
                                    .action = HS_RE_MIX,
                                    .fit = "the corrected tracks still fit their neighbours"};
}

static const char *prefixed(struct builder *b, const char *rule)
{
    return rule ? hs_arena_printf(b->a, "%s%s", b->prefix, rule) : NULL;
}

static void rename_rules(struct builder *b)
{
    struct hs_audit *audit = &b->f->audit;
    for (size_t i = 0; i < b->f->job.n_tracks; i++) {
        struct hs_track_result *t = &audit->tracks[i];
        for (size_t k = 0; k < t->n_findings; k++) {
            t->findings[k].rule = prefixed(b, t->findings[k].rule);
            t->findings[k].explained_by = prefixed(b, t->findings[k].explained_by);
        }
        for (size_t k = 0; k < t->n_judgements; k++)
            t->judgements[k].of = judged_rule(b, t->judgements[k].of, b->prefix);
        for (size_t k = 0; k < t->n_not_judged; k++)
            t->not_judged[k].rule = prefixed(b, t->not_judged[k].rule);
        for (size_t k = 0; k < t->n_ticks; k++)
            t->ticks[k].rule = prefixed(b, t->ticks[k].rule);
    }
    for (size_t i = 0; i < audit->n_recurring; i++)
        audit->recurring[i].rule = prefixed(b, audit->recurring[i].rule);
}

struct fixture *fixture_make_prefixed(size_t n_releases, size_t tracks_per_release,
                                      const char *prefix)
{
    struct fixture *f = HS_NEW(struct fixture);
    struct builder b = {f, prefix, &f->audit.arena, {2024}};
    f->audit.job = &f->job;
    fill_job(&b, n_releases, tracks_per_release);
    fill_results(&b);
    fill_recurrence(&b);
    fill_shortlist(&b);
    if (*prefix)
        rename_rules(&b);
    return f;
}

struct fixture *fixture_make(size_t n_releases, size_t tracks_per_release)
{
    return fixture_make_prefixed(n_releases, tracks_per_release, "");
}

void fixture_free(struct fixture *f)
{
    hs_arena_free(&f->audit.arena);
    hs_free(f);
}
