/* SPDX-License-Identifier: Apache-2.0 */
/* How the masters of a release lie to each other, against sorting the others for each track. */
#include "judge/beside.h"

#include "check.h"
#include "core/alloc.h"
#include "core/num.h"
#include "synthetic.h"

static bool near(double a, double b)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) < 1e-9;
}

/* Third octaves on a straight line that rises by this from 100 Hz to 10 kHz. */
static void tilted(struct hs_values *v, double db)
{
    double bands[HS_BANDS];
    for (size_t i = 0; i < HS_BANDS; i++)
        bands[i] = -30 + db * ((double)i - 7) / 20;
    hs_values_array(v, "bands_db", bands, HS_BANDS);
}

/* Loudness in whole LU, so that many are equal; some masters are not there, and discs change. Every
 * fifth track has a new master, every seventh a new mix. */
static void fill(struct synthetic *s)
{
    struct hs_rng rng = {11};
    for (size_t i = 0; i < s->job.n_tracks; i++) {
        struct hs_track_result *t = &s->audit.tracks[i];
        hs_values_init(&t->master.values, &s->audit.arena);
        t->master.state = hs_rng_below(&rng, 6) ? HS_FILE_OK : HS_FILE_NONE;
        hs_values_number(&t->master.values, "integrated_lufs", -20 + (double)hs_rng_below(&rng, 9));
        tilted(&t->master.values, (double)hs_rng_below(&rng, 5));
        s->tracks[i].disc = 1 + (int)(i % 11 > 6);
        if (i % 5 && i % 7)
            continue;
        s->tracks[i].update.path = "new.wav";
        t->update.state = HS_FILE_OK;
        t->update_kind = i % 5 ? HS_UPDATE_MIX : HS_UPDATE_MASTER;
        hs_values_init(&t->update.values, &s->audit.arena);
        hs_values_number(&t->update.values, "integrated_lufs", -9 - (double)hs_rng_below(&rng, 9));
        tilted(&t->update.values, -1 - (double)hs_rng_below(&rng, 5));
    }
}

/* The value of each master, or of its update where that is a master. */
static void check_values(const struct synthetic *s, const struct hs_beside *b, bool updated,
                         size_t i)
{
    const struct hs_track_result *t = &s->audit.tracks[i];
    const bool is_new = updated && i % 5 == 0;
    const struct hs_values *v = is_new ? &t->update.values : &t->master.values;
    const double *bands = hs_values_doubles(v, "bands_db", HS_BANDS);
    const bool known = is_new || t->master.state == HS_FILE_OK;
    CHECK(near(b->course[updated][HS_BESIDE_LOUDNESS].value[i],
               known ? hs_values_or_nan(v, "integrated_lufs") : NAN));
    CHECK(near(b->course[updated][HS_BESIDE_TONE].value[i], known ? bands[27] - bands[7] : NAN));
}

static void check_track(const struct synthetic *s, const struct hs_beside_course *c, size_t track)
{
    const struct hs_release *r = &s->releases[s->tracks[track].release];
    double x[64], steps = 0, n_steps = 0;
    size_t n = 0;
    for (size_t i = r->first_track; i < r->first_track + r->n_tracks; i++) {
        if (i != track && !isnan(c->value[i]))
            x[n++] = c->value[i];
        bool here = i == track || i + 1 == track || i + 1 == r->first_track + r->n_tracks;
        if (here || s->tracks[i].disc != s->tracks[i + 1].disc ||
            isnan(c->value[i] - c->value[i + 1]))
            continue;
        steps += fabs(c->value[i + 1] - c->value[i]);
        n_steps++;
    }
    struct hs_beside_others v = hs_beside_values(c, &s->audit, track);
    struct hs_beside_others d = hs_beside_steps(c, &s->audit, track);
    double middle = hs_median(x, n), distance = 0;
    for (size_t i = 0; i < n; i++)
        distance += fabs(x[i] - middle);
    CHECK(v.n == n && near(v.middle, middle));
    CHECK(!n || near(v.distance, distance / (double)n));
    CHECK(d.n == (size_t)n_steps && near(d.distance, n_steps > 0 ? steps / n_steps : 0));
}

/* Both measures, of masters as they are and as their updates are. */
static void check_both(const struct synthetic *s, const struct hs_beside *b, size_t track)
{
    for (int updated = 0; updated < 2; updated++) {
        check_values(s, b, updated, track);
        for (int m = 0; m < HS_N_BESIDE; m++)
            check_track(s, &b->course[updated][m], track);
    }
}

int main(void)
{
    for (size_t per_release = 1; per_release < 40; per_release++) {
        struct synthetic s;
        struct hs_arena arena = {0};
        synthetic_make(&s, 3, per_release);
        fill(&s);
        const struct hs_beside *all = hs_beside_new(&s.audit, NULL, &arena);
        const struct hs_beside *last = hs_beside_new(&s.audit, &s.releases[2], &arena);
        for (size_t i = 0; i < s.job.n_tracks; i++)
            check_both(&s, all, i);
        for (size_t i = 2 * per_release; i < s.job.n_tracks; i++)
            check_both(&s, last, i);
        hs_arena_free(&arena);
        synthetic_free(&s);
    }
    return check_done();
}
