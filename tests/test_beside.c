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

/* Loudness in whole LU, so that many are equal; some masters are not there, and discs change. */
static void fill(struct synthetic *s)
{
    struct hs_rng rng = {11};
    for (size_t i = 0; i < s->job.n_tracks; i++) {
        struct hs_track_result *t = &s->audit.tracks[i];
        hs_values_init(&t->master.values, &s->audit.arena);
        t->master.state = hs_rng_below(&rng, 6) ? HS_FILE_OK : HS_FILE_NONE;
        hs_values_number(&t->master.values, "integrated_lufs", -20 + (double)hs_rng_below(&rng, 9));
        s->tracks[i].disc = 1 + (int)(i % 11 > 6);
    }
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
            check_track(&s, &all->course[0][HS_BESIDE_LOUDNESS], i);
        for (size_t i = 2 * per_release; i < s.job.n_tracks; i++)
            check_track(&s, &last->course[1][HS_BESIDE_LOUDNESS], i);
        hs_arena_free(&arena);
        synthetic_free(&s);
    }
    return check_done();
}
