/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Per role, the level of each master less the mean of the references (copies of a file count once),
 * with the error of that mean. Medians, intervals and what is put in words are as those of the
 * zones (usual.h); q is taken over the roles.
 */
#include "catalogue/habit_levels.h"

#include "catalogue/usual.h"
#include "core/alloc.h"

#include <math.h>
#include <string.h>

enum { LEAST = 3 };

static const char *const names[HS_N_STEM_ROLES] = {
    [HS_STEM_KICK] = "kicks",      [HS_STEM_SNARE] = "snares",    [HS_STEM_DRUMS] = "drums",
    [HS_STEM_BASS] = "bass lines", [HS_STEM_VOCAL] = "voices",    [HS_STEM_GUITAR] = "guitars",
    [HS_STEM_KEYS] = "keys",       [HS_STEM_STRINGS] = "strings",
};

/* As a separator showed it; NaN where it did not, or where that is not judged. */
static double level_of(const struct hs_file *f, enum hs_stem_role role)
{
    const struct hs_instrument *in =
        f->instruments ? hs_instrument_of_role(f->instruments, role, f->side) : NULL;
    return in && !in->why && in->origin == HS_STEM_SEPARATED ? in->number[HS_INSTRUMENT_LEVEL_LU]
                                                             : NAN;
}

static bool is_copy(const struct hs_audit *audit, size_t reference)
{
    for (size_t i = 0; i < reference; i++)
        if (!memcmp(audit->references[i].hash, audit->references[reference].hash,
                    sizeof audit->references[i].hash))
            return true;
    return false;
}

/* Mean of the references and the variance of that mean; how many there are. */
static size_t expect(const struct hs_audit *audit, enum hs_stem_role role, double *mean,
                     double *error)
{
    double sum = 0, squares = 0;
    size_t n = 0;
    for (size_t i = 0; i < audit->job->n_references; i++) {
        const double x = level_of(&audit->references[i], role);
        if (!isfinite(x) || is_copy(audit, i))
            continue;
        sum += x;
        squares += x * x;
        n++;
    }
    const double count = (double)n;
    *mean = n ? sum / count : NAN;
    *error = n > 1 ? fmax(squares - sum * sum / count, 0) / (count - 1) / count : NAN;
    return n;
}

static const char *said(struct hs_audit *audit, const char *name, const struct hs_usual *u,
                        size_t references)
{
    return hs_arena_printf(
        &audit->arena,
        "Your %s sit %.1f LU %s than your references' (%+.1f to %+.1f; %d songs, %zu references).",
        name, fabs(u->median), u->median < 0 ? "lower" : "higher", u->interval.low,
        u->interval.high, u->n, references);
}

void hs_habit_levels_say(struct hs_audit *audit, const size_t *track, size_t n, struct hs_habits *h)
{
    double *value = HS_NEW_ARRAY(double, n + 1), mean = NAN, error = NAN;
    size_t *release = HS_NEW_ARRAY(size_t, n + 1), references[HS_N_STEM_ROLES], asked = 0;
    struct hs_usual u[HS_N_STEM_ROLES];
    enum hs_stem_role role[HS_N_STEM_ROLES];
    for (int r = 0; r < HS_N_STEM_ROLES; r++) {
        const size_t of = names[r] ? expect(audit, (enum hs_stem_role)r, &mean, &error) : 0;
        for (size_t i = 0; i < n; i++) {
            value[i] = level_of(&audit->tracks[track[i]].master, (enum hs_stem_role)r) - mean;
            release[i] = audit->tracks[track[i]].track->release;
        }
        if (of < LEAST)
            continue;
        const struct hs_sample s = {value, release, n};
        struct hs_between between = hs_between_songs;
        hs_sample_between(&s, &between);
        role[asked] = (enum hs_stem_role)r;
        references[asked] = of;
        u[asked] = hs_usual_of(&s, &between, error);
        asked += isfinite(u[asked].median);
    }
    hs_usual_correct(u, asked);
    const char **words = HS_ARENA_ARRAY(&audit->arena, const char *, h->n_words + asked + 1);
    for (size_t i = 0; i < h->n_words; i++)
        words[i] = h->words[i];
    for (size_t i = 0; i < asked; i++)
        if (hs_usual_is_told(&u[i]))
            words[h->n_words + h->n_levels++] = said(audit, names[role[i]], &u[i], references[i]);
    h->n_words += h->n_levels;
    h->words = words;
    hs_free(value);
    hs_free(release);
}
