/* SPDX-License-Identifier: Apache-2.0 */
/* Clipped, or made of square waves: what the measures of the waveform are judged as, in words that
 * people read. */
#include "check.h"
#include "judge_fixture.h"

struct waveform {
    double ppm, at_one, of_sound, ceiling_ppm, z, flatter, square;
};

static void start(struct fixture *f, const struct waveform *w)
{
    fixture_start(f, 1);
    struct hs_values *v = &f->results[0].master.values;
    hs_values_number(v, "clipped_ppm", w->ppm);
    hs_values_number(v, "clipped_at_one_level", w->at_one);
    hs_values_number(v, "clipped_of_sound", w->of_sound);
    hs_values_number(v, "ceiling_ppm", w->ceiling_ppm);
    hs_values_number(v, "ceiling_z", w->z);
    hs_values_number(v, "ceiling_flatness", w->flatter);
    hs_values_number(v, "ceiling_square", w->square);
    hs_values_number(v, "clip_level_dbfs", -1);
    hs_values_number(v, "psr_p10_db", 0.5);
    hs_values_number(v, "limited_share", 0.5);
    hs_values_number(v, "crest_3s_db", 1);
    hs_judge_audit(&f->audit);
}

/* At most a note, and nothing of its crest is a fault. */
static void square_waves(void)
{
    static const struct waveform rows[] = {
        {418746, 0.50, 0.46, 436146, 14, 0.28, 0}, /* the sum of two */
        {999991, 1.00, 0.9999, 0, 0, 0, 0},        /* one voice */
        {0, 1, 0, 445329, 9.2, 0.31, 1},           /* resampled: by the tops alone */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        start(&f, &rows[i]);
        const struct hs_finding *clipped = fixture_finding(&f, 0, "clipped");
        CHECK(clipped && clipped->severity == HS_NOTE && strstr(clipped->evidence, "square waves"));
        static const char *const of_crest[] = {"over_limited", "over_compressed"};
        for (size_t k = 0; k < 2 && i < 2; k++) {
            const struct hs_finding *crest = fixture_finding(&f, 0, of_crest[k]);
            CHECK(!crest || crest->severity == HS_NOTE);
        }
        fixture_free(&f);
    }
}

static void clippers(void)
{
    static const struct {
        struct waveform w;
        enum hs_severity severity;
        const char *words;
    } rows[] = {
        {{219769, 1, 0.22, 192000, 128, 0.29, 0}, HS_SEVERE, "At least 22 % of the samples"},
        {{739000, 1, 0.74, 700000, 99, 0.30, 0}, HS_SEVERE, "At least 74 % of the samples"},
        {{918, 1, 0.0009, 0, 6, 0.07, 0}, HS_MODERATE, "At least 918 ppm of the samples"},
        {{918, 0.5, 0.0009, 200000, 50, 0.2, 0}, HS_SEVERE, "20 % of the samples were cut"},
        {{40, 0.5, 0.00004, 1234, 50, 0.2, 0}, HS_MINOR, "0.1 % of the samples were cut"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        start(&f, &rows[i].w);
        const struct hs_finding *clipped = fixture_finding(&f, 0, "clipped");
        CHECK(clipped && clipped->severity == rows[i].severity);
        if (!CHECK(clipped && strstr(clipped->evidence, rows[i].words)))
            fprintf(stderr, "%s\n", clipped ? clipped->evidence : "");
        CHECK(clipped && clipped->expected[1] == 10); /* one meaning in one column */
        fixture_free(&f);
    }
}

/* Steps of a few bits, or square waves, in the mix are no clipping: neither is the master's own
 * clipping theirs, nor are they eased where a filter has rounded them. */
static void a_mix_that_only_looks_clipped(void)
{
    static const double bits[] = {8, 24}, of_master[] = {4000, 0};
    for (size_t i = 0; i < 4; i++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_values *mix = &f.results[0].mix.values, *master = &f.results[0].master.values;
        hs_values_number(mix, "clipped_ppm", 5000);
        hs_values_number(mix, "clipped_at_one_level", 0.3);
        hs_values_number(mix, "effective_bits", bits[i % 2]);
        hs_values_number(master, "clipped_ppm", of_master[i / 2]);
        hs_judge_audit(&f.audit);
        const struct hs_finding *clipped = fixture_finding(&f, 0, "clipped");
        if (i / 2)
            CHECK(!clipped);
        else
            CHECK(clipped && clipped->origin == HS_ORIGIN_MASTERING &&
                  clipped->severity == HS_SEVERE);
        fixture_free(&f);
    }
}

/* Tops that are hardly flatter at the highest sample of a lossless file, without flat runs, were
 * held by a limiter; in a file that an encoder came after they may be a clipper's, minor at most.
 */
static void limiters(void)
{
    static const struct {
        double z, flatter, lossless, peak_dbfs;
        enum hs_severity severity;
        const char *words;
        double ppm;
    } rows[] = {
        {30, 0.055, 1, -1, HS_NOTE, "with 15 ppm in flat runs: a limiter", 15},
        {30, 0.055, 1, -1, HS_NOTE, "without flat runs: a limiter, more likely than a clipper", 0},
        {30, 0.095, 1, -1, HS_NOTE, "Held at its highest sample", 0},
        {30, 0.055, 1, 0.5, HS_MINOR, "1.4 % of the samples were cut", 0}, /* it was resampled */
        {30, 0.055, 0, -1, HS_MINOR, "1.4 % of the samples were cut", 0},
        {30, 0.07, 0, 0.5, HS_SEVERE, "1.4 % of the samples were cut", 0},
        {16, 0.07, 0, 0.5, HS_MINOR, "1.4 % of the samples were cut", 0},
        {30, 0.17, 1, -1, HS_SEVERE, "1.4 % of the samples were cut", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        fixture_start(&f, 1);
        struct hs_values *v = &f.results[0].master.values;
        hs_values_number(v, "clipped_ppm", rows[i].ppm);
        hs_values_number(v, "ceiling_ppm", 13928);
        hs_values_number(v, "ceiling_z", rows[i].z);
        hs_values_number(v, "ceiling_flatness", rows[i].flatter);
        hs_values_number(v, "clip_level_dbfs", -1);
        hs_values_number(v, "lossless", rows[i].lossless);
        hs_values_number(v, "sample_peak_dbfs", rows[i].peak_dbfs);
        hs_judge_audit(&f.audit);
        const struct hs_finding *clipped = fixture_finding(&f, 0, "clipped");
        if (!CHECK(clipped && clipped->severity == rows[i].severity &&
                   strstr(clipped->evidence, rows[i].words)))
            fprintf(stderr, "row %zu: %s\n", i, clipped ? clipped->evidence : "none");
        fixture_free(&f);
    }
}

/* Tops that stand out and are not flat by themselves, or a little flatter behind an encoder than
 * those of clean music: nobody knows, and that is said. A mix beside it knows. */
static void unknown(void)
{
    static const struct {
        double z, lossless;
        bool pair, judged;
        const char *words;
    } rows[] = {{9.9, 0, false, false, "the noise of the encoder"},
                {28, 0, false, false, "a limiter, or less likely a clipper that was soft"},
                {28, 1, false, false, "a limiter, or less likely a clipper that was soft"},
                {28, 1, true, true, NULL},
                {5, 0, false, true, NULL},
                {9.9, 1, false, true, NULL},
                {9.9, 0, true, true, NULL}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        fixture_start(&f, 1);
        if (rows[i].pair)
            fixture_pair(&f, 0);
        struct hs_values *v = &f.results[0].master.values;
        hs_values_number(v, "clipped_ppm", 0);
        hs_values_number(v, "ceiling_ppm", 0);
        hs_values_number(v, "ceiling_z", rows[i].z);
        hs_values_number(v, "ceiling_flatness", 0.05);
        hs_values_number(v, "clip_level_dbfs", 0.2);
        hs_values_number(v, "lossless", rows[i].lossless);
        hs_judge_audit(&f.audit);
        const char *why = fixture_why_not(&f, 0, "clipped");
        if (!CHECK((why == NULL) == rows[i].judged && !fixture_finding(&f, 0, "clipped")))
            fprintf(stderr, "row %zu: %s\n", i, why ? why : "judged");
        CHECK(!why || strstr(why, rows[i].words));
        fixture_free(&f);
    }
}

/* Flat runs of the mix that the master does not show: rounded since where something did that, else
 * covered by the steps of the file, and still of the mix. */
static void covered(void)
{
    for (int filtered = 0; filtered < 2; filtered++) {
        struct fixture f;
        double eq[HS_BANDS] = {0};
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        eq[20] = filtered ? 2 : 0;
        hs_values_array(&f.results[0].pair.values, "eq_db", eq, HS_BANDS);
        hs_values_number(&f.results[0].mix.values, "clipped_ppm", 5000);
        hs_values_number(&f.results[0].master.values, "clipped_ppm", 0);
        hs_judge_audit(&f.audit);
        const struct hs_finding *clipped = fixture_finding(&f, 0, "clipped");
        if (CHECK(clipped && clipped->severity == HS_SEVERE)) {
            CHECK(clipped->origin == (filtered ? HS_ORIGIN_EASED : HS_ORIGIN_MIX));
            CHECK(strstr(clipped->evidence, filtered ? "rounded" : "nothing but gain") != NULL);
        }
        fixture_free(&f);
    }
}

/* Flatter tops that a gain made of the mix were not cut, unless the mix itself was: what the gain
 * leaves says how much may have been. */
static void held_by_gain(void)
{
    static const struct {
        enum hs_device kind;
        double residual_db, of_mix_ppm;
        enum hs_severity severity;
    } rows[] = {{HS_DEVICE_LIMITER, -35, 0, HS_NOTE},    {HS_DEVICE_LIMITER, -62, 0, HS_NO_FAULT},
                {HS_DEVICE_LIMITER, -29, 0, HS_MINOR},   {HS_DEVICE_LIMITER, -35, 8000, HS_SEVERE},
                {HS_DEVICE_COMPRESSOR, -40, 0, HS_NOTE}, {HS_DEVICE_CLIPPER, -35, 0, HS_SEVERE},
                {HS_DEVICE_LIMITER, -15, 0, HS_SEVERE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        const struct hs_device_use chain = {rows[i].kind, 3};
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_track_result *t = &f.results[0];
        t->pair.chain = &chain, t->pair.n_chain = 1;
        hs_values_number(&t->pair.values, "residual_db", rows[i].residual_db);
        hs_values_number(&t->mix.values, "clipped_ppm", 0);
        hs_values_number(&t->mix.values, "ceiling_ppm", rows[i].of_mix_ppm);
        hs_values_number(&t->master.values, "clipped_ppm", 0);
        hs_values_number(&t->master.values, "ceiling_ppm", 13928);
        hs_values_number(&t->master.values, "ceiling_z", 30);
        hs_values_number(&t->master.values, "ceiling_flatness", 0.13);
        hs_values_number(&t->master.values, "clip_level_dbfs", -1.9);
        hs_values_number(&t->master.values, "sample_peak_dbfs", -0.5);
        hs_judge_audit(&f.audit);
        const struct hs_finding *clipped = fixture_finding(&f, 0, "clipped");
        CHECK((clipped ? clipped->severity : HS_NO_FAULT) == rows[i].severity);
        const bool by_gain = rows[i].severity == HS_NOTE || rows[i].severity == HS_MINOR;
        CHECK(!clipped || (strstr(clipped->evidence, "gain alone made them") != NULL) == by_gain);
        fixture_free(&f);
    }
}

int main(void)
{
    held_by_gain();
    unknown();
    covered();
    limiters();
    square_waves();
    a_mix_that_only_looks_clipped();
    clippers();
    return check_done();
}
