/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* test-cost: 28 */
/* A channel that comes late or early in the master, all through or from a moment on, behind tone
 * and clipping too; which one moved; one that was late in the mix already; and what lies alike on
 * both sides, which is none. */
#include "made_pair.h"
#include "made_song.h"

#include "judge_fixture.h"
#include "pair/channel_lag.h"
#include "pair/late.h"
#include "pair/late_parts.h"
#include "pair/transfer.h"

#include <math.h>

static struct hs_arena arena;
static struct signal mix;

/* The channel `late` frames later from the frame `from` on. */
static struct signal later(int channel, size_t late, size_t from)
{
    struct signal s = part(&mix, 0, mix.n);
    for (size_t i = s.n; i-- > from + late;)
        s.x[channel][i] = mix.x[channel][i - late];
    for (size_t i = from; i < from + late; i++)
        s.x[channel][i] = 0;
    return s;
}

/* The channel `early` frames earlier from the frame `from` on. */
static struct signal earlier(int channel, size_t early, size_t from)
{
    struct signal s = part(&mix, 0, mix.n);
    for (size_t i = from; i < s.n; i++)
        s.x[channel][i] = i + early < s.n ? mix.x[channel][i + early] : 0;
    return s;
}

/* A shelf on the treble, 3 dB, and tops cut off 6 dB below the highest. */
static void make_loud(struct signal *s)
{
    for (int c = 0; c < 2; c++) {
        float low = 0;
        for (size_t i = 0; i < s->n; i++) {
            low += 0.4f * (s->x[c][i] - low);
            const float x = low + 1.41f * (s->x[c][i] - low);
            s->x[c][i] = fmaxf(fminf(x, 0.3f), -0.3f);
        }
    }
}

static struct hs_pair against(struct signal *master)
{
    struct hs_pair p = pair_of(&mix, master, &arena);
    signal_free(master);
    CHECK(p.state == HS_PAIR_ALIGNED);
    CHECK(!hs_values_get(&p.values, "lost") && !hs_values_get(&p.values, "skips"));
    return p;
}

static void all_through(void)
{
    static const struct {
        int channel;
        size_t late;
    } rows[] = {{1, 1}, {1, 88}, {1, 882}, {0, 2646}, {0, 13230}, {1, 22000}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int loud = 0; loud < 2; loud++) {
            struct signal master = later(rows[i].channel, rows[i].late, 0);
            if (loud)
                make_loud(&master);
            const struct hs_pair p = against(&master);
            const double ms = 1000.0 * (double)rows[i].late / RATE;
            const double *eq = hs_values_doubles(&p.values, "eq_db", HS_BANDS);
            CHECK_NEAR(value(&p, "channel_delay_change_ms"), rows[i].channel ? -ms : ms, 0.05);
            CHECK(!hs_values_get(&p.values, "late_channel"));
            CHECK(value(&p, "residual_db") < -24); /* the end of the channel is cut off */
            CHECK(fabs(value(&p, "width_change_db")) < (loud ? 2 : 0.3));
            for (size_t b = 6; !loud && eq && b < 27; b++)
                CHECK(!isfinite(eq[b]) || fabs(eq[b]) < 0.5);
        }
}

static void from_a_moment_on(void)
{
    static const size_t late[] = {44, 882, 13230};
    const double at_s = 17.3;
    for (size_t i = 0; i < sizeof late / sizeof *late; i++) {
        struct signal master = later(1, late[i], (size_t)(at_s * RATE));
        if (i == 1)
            make_loud(&master);
        const struct hs_pair p = against(&master);
        const double *row = hs_values_doubles(&p.values, "late_channel", 3);
        CHECK(value(&p, "residual_db") < -24);
        CHECK(!hs_values_get(&p.values, "breaks") && !hs_values_get(&p.values, "clicks"));
        if (!CHECK(row != NULL))
            continue;
        CHECK_NEAR(row[0], at_s, 0.05 + (double)late[i] / RATE);
        CHECK_NEAR(row[1], (double)mix.n / RATE, 0.01);
        CHECK_NEAR(row[2], -1000.0 * (double)late[i] / RATE, 0.05);
    }
}

/* Which channel moved, and that the other one did not, however the master begins. */
static void check_moved(const struct hs_pair *p, int channel, double ms)
{
    struct hs_late_part of[HS_LATE_PARTS_MOST];
    bool early = false;
    if (!CHECK(hs_late_parts(&p->values, of, HS_LATE_PARTS_MOST) == 1))
        return;
    CHECK(hs_late_channel(of, &early) == channel && early == (ms < 0));
    CHECK_NEAR(of->moved_ms[channel], ms, 0.05);
    CHECK_NEAR(of->moved_ms[!channel], 0, 0.05);
    CHECK_NEAR(of->ms, channel ? -ms : ms, 0.05);
    CHECK(of->mix_ms == 0 && hs_late_kind_of(of) == HS_LATE_MADE);
}

static void which_moved(void)
{
    static const struct {
        int channel, how; /* 1 late, -1 early */
        size_t frames;
        double from_s, cut_s; /* where it begins to be so, and what the master lacks at its start */
    } rows[] = {{0, -1, 13230, 0, 0}, {1, -1, 5292, 0, 1.37}, {1, 1, 5292, 0, 1.37},
                {0, -1, 5292, 21, 0}, {0, -1, 88, 0, 0},      {1, 1, 441, 21, 1.37},
                {0, -1, 220, 0, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const size_t from = (size_t)(rows[i].from_s * RATE), cut = (size_t)(rows[i].cut_s * RATE);
        struct signal all = rows[i].how > 0 ? later(rows[i].channel, rows[i].frames, from)
                                            : earlier(rows[i].channel, rows[i].frames, from);
        struct signal master = part(&all, cut, all.n - cut);
        signal_free(&all);
        const struct hs_pair p = against(&master);
        check_moved(&p, rows[i].channel, rows[i].how * 1000.0 * (double)rows[i].frames / RATE);
        CHECK_NEAR(value(&p, "delay_s"), (double)cut / RATE, 0.0001);
        /* what lies between is lost: 120 ms of one channel in 40 s */
        if (!CHECK(value(&p, "residual_db") < (rows[i].how < 0 && from ? -20 : -24)))
            fprintf(stderr, "row %zu\n", i);
    }
}

/* The mix has a late channel, and the master takes it back: all of it, or half. */
static void cured(void)
{
    static const struct {
        size_t late, left;
        enum hs_late_kind kind;
    } rows[] = {{88, 0, HS_LATE_CURED}, {13230, 0, HS_LATE_CURED}, {8820, 2646, HS_LATE_EASED}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct signal of_mix = later(1, rows[i].late, 0), master = later(1, rows[i].left, 0);
        const struct hs_pair p = pair_of(&of_mix, &master, &arena);
        struct hs_late_part of[HS_LATE_PARTS_MOST];
        signal_free(&of_mix);
        signal_free(&master);
        if (!CHECK(hs_late_parts(&p.values, of, HS_LATE_PARTS_MOST) == 1)) {
            fprintf(stderr, "row %zu: state %d, %g dB left\n", i, p.state,
                    value(&p, "residual_db"));
            continue;
        }
        CHECK(hs_late_kind_of(of) == rows[i].kind);
        CHECK_NEAR(of->mix_ms, -1000.0 * (double)rows[i].late / RATE, 0.05);
        CHECK_NEAR(of->ms, 1000.0 * (double)(rows[i].late - rows[i].left) / RATE, 0.05);
    }
}

/* A mix whose channel is early from a moment on, which the master puts right: the moment is found,
 * whatever speed the line through both halves had. */
static void cured_in_part(void)
{
    static const size_t early[] = {882, 5292, 13230};
    const double at_s = 17.3;
    for (size_t i = 0; i < sizeof early / sizeof *early; i++) {
        struct signal of_mix = earlier(1, early[i], (size_t)(at_s * RATE));
        const struct hs_pair p = pair_of(&of_mix, &mix, &arena);
        struct hs_late_part of[HS_LATE_PARTS_MOST];
        signal_free(&of_mix);
        if (!CHECK(hs_late_parts(&p.values, of, HS_LATE_PARTS_MOST) == 1))
            continue;
        CHECK(hs_late_kind_of(of) == HS_LATE_CURED && !hs_values_get(&p.values, "foreign"));
        CHECK_NEAR(of->from_s, at_s, 0.05 + (double)early[i] / RATE);
        CHECK_NEAR(of->moved_ms[1], 1000.0 * (double)early[i] / RATE, 0.05);
    }
}

/* The sides alone delayed, as wideners do, and an echo on one channel: neither channel as a whole
 * comes late. */
static void not_late(void)
{
    struct signal sides = part(&mix, 0, mix.n), echo = part(&mix, 0, mix.n);
    const size_t haas = RATE * 15 / 1000;
    for (size_t i = haas; i < mix.n; i++) {
        const float mid = (mix.x[0][i] + mix.x[1][i]) / 2;
        const float side = (mix.x[0][i - haas] - mix.x[1][i - haas]) / 2;
        sides.x[0][i] = mid + side;
        sides.x[1][i] = mid - side;
        echo.x[1][i] += 0.5f * mix.x[1][i - haas];
    }
    struct signal *rows[] = {&sides, &echo};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct hs_pair p = against(rows[i]);
        const double ms = value(&p, "channel_delay_change_ms");
        CHECK(!hs_values_get(&p.values, "late_channel") && !(fabs(ms) > 0.05));
    }
}

/* What was taken back is told where no lag stands out in what is left; without it, nothing is. */
static void taken_back(void)
{
    const struct hs_late late = {.step = {{0, {0.3, 0}, 0}}, .n = 1}, none = {.n = 0};
    struct hs_transfer t;
    struct hs_values v;
    hs_transfer_init(&t, 1024, RATE);
    hs_values_init(&v, &arena);
    hs_channel_lag_put(hs_channel_lag_s(&t), &late, NULL, &v);
    CHECK_NEAR(hs_values_or_nan(&v, "channel_delay_change_ms"), 300, 1e-9);
    hs_channel_lag_put(hs_channel_lag_s(&t), &none, NULL, &v);
    CHECK(isnan(hs_values_or_nan(&v, "channel_delay_change_ms")));
    hs_transfer_free(&t);
}

/* Of a file by itself. */
static void show_no_delay(struct hs_values *v)
{
    hs_values_number(v, "channel_delay_ms", 0);
    hs_values_number(v, "channel_delay_peak", 0.1);
    hs_values_number(v, "channel_delay_ratio", 1);
}

/* What the pair shows is a finding of mastering, measured, also where the mix is not judged; what a
 * mono player loses by it is a part of it, and makes it as severe. */
static void judged(void)
{
    static const struct {
        double all_ms, part_ms;
        enum hs_severity severity;
        const char *words;
        double moved_ms; /* of left; of right nothing; 0: not known */
    } rows[] = {
        {-0.3, 0, HS_SEVERE, "Right comes 0.30 ms later than in the mix.", 0}, /* out of phase */
        {-300, 0, HS_SEVERE, "Left comes 300.00 ms earlier than in the mix.", -300},
        {-0.3, 0, HS_MINOR, "Right comes 0.30 ms later than in the mix.", 0},
        {20, 0, HS_MODERATE, "or a widener that does so on purpose", 0},
        {-300, 0, HS_SEVERE, "Right comes 300.00 ms later than in the mix.", 0},
        {0, 20, HS_MODERATE, "or a widener that does so on purpose", 0},
        {0, 300, HS_SEVERE, "From 20.0 to 60.0 s the left channel comes 300.00 ms later than in",
         0},
        {0.01, 0, HS_NO_FAULT, "", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_values *pair = &f.results[0].pair.values,
                         *of[] = {&f.results[0].mix.values, &f.results[0].master.values};
        for (int k = 0; k < 2; k++) {
            hs_values_number(of[k], "correlation", k && i == 0 ? -0.6 : 0.5);
            if (!k && i % 2)
                continue;
            show_no_delay(of[k]);
        }
        if (rows[i].part_ms > 0)
            hs_values_array(pair, "late_channel", (double[]){20, 60, rows[i].part_ms}, 3);
        else
            hs_values_number(pair, "channel_delay_change_ms", rows[i].all_ms);
        if (rows[i].moved_ms < 0)
            hs_values_array(pair, "channels_moved_ms", (double[]){rows[i].moved_ms, 0}, 2);
        hs_judge_audit(&f.audit);
        const struct hs_finding *late = fixture_finding(&f, 0, "channel_delay");
        const struct hs_finding *phase = fixture_finding(&f, 0, "out_of_phase");
        CHECK((phase && phase->severity >= HS_MINOR) == (i == 0));
        if (i == 0 && phase)
            CHECK_TEXT(phase->explained_by, "channel_delay");
        if (rows[i].severity == HS_NO_FAULT)
            CHECK(!late || late->severity < HS_MINOR);
        else if (CHECK(late && late->severity == rows[i].severity)) {
            CHECK(late->origin == HS_ORIGIN_MASTERING && late->tier == HS_MEASURED);
            CHECK(strstr(late->evidence, rows[i].words) != NULL);
            CHECK(late->correction.channel ==
                  (late->value > 0 || rows[i].moved_ms < 0 ? HS_CHANNEL_LEFT : HS_CHANNEL_RIGHT));
            CHECK(!late->correction.words ||
                  !strstr(late->correction.words, "back") == !(rows[i].moved_ms < 0));
            CHECK(!(rows[i].part_ms > 0) || (late->n_times == 1 && late->times[0].from_s == 20));
        }
        fixture_free(&f);
    }
}

/* A mix whose late channel the master takes back is cured, all through and in a part of the song; a
 * half of it is eased, and what is left over is none of mastering's. */
static void judged_cured(void)
{
    static const struct {
        double mix_ms, ms;
        bool in_part;
        enum hs_origin origin;
    } rows[] = {{-300, 300, false, HS_ORIGIN_CURED},
                {-300, 300, true, HS_ORIGIN_CURED},
                {-2, 2, false, HS_ORIGIN_CURED},
                {-4, 2, false, HS_ORIGIN_EASED}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture f;
        fixture_start(&f, 1);
        fixture_pair(&f, 0);
        struct hs_values *pair = &f.results[0].pair.values,
                         *of[] = {&f.results[0].mix.values, &f.results[0].master.values};
        for (int k = 0; k < 2; k++)
            show_no_delay(of[k]);
        if (rows[i].in_part)
            hs_values_array(pair, "late_channel", (double[]){20, 60, rows[i].ms}, 3);
        else
            hs_values_number(pair, "channel_delay_change_ms", rows[i].ms);
        hs_values_array(pair, "mix_channel_delay_ms", &rows[i].mix_ms, 1);
        hs_judge_audit(&f.audit);
        const struct hs_finding *late = fixture_finding(&f, 0, "channel_delay");
        if (CHECK(late != NULL) && !CHECK(late->origin == rows[i].origin))
            fprintf(stderr, "row %zu: origin %d, severity %d\n", i, late->origin, late->severity);
        fixture_free(&f);
    }
}

int main(void)
{
    mix = song(40, 16);
    signal_add_noise(&mix, 0, 0.02, 18); /* cymbals: tones alone look alike every period */
    all_through();
    from_a_moment_on();
    which_moved();
    cured();
    cured_in_part();
    not_late();
    taken_back();
    judged();
    judged_cured();
    signal_free(&mix);
    hs_arena_free(&arena);
    return check_done();
}
