/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Versions are hashed from the names and numbers of analysers. What has to run anew: the
 * analysers that changed, those that read their values (`reads`, `works_on`), and those whose
 * working series these need (`works_on`), until the set does not grow any more.
 */
#include "measure/analysers.h"

#include "core/arena.h"
#include "core/wire.h"

#include <string.h>

const struct hs_measure *hs_measure_find(const char *key)
{
    for (size_t i = 0; i < hs_n_analysers; i++)
        for (size_t j = 0; j < hs_analysers[i]->n_measures; j++)
            if (!strcmp(hs_analysers[i]->measures[j].key, key))
                return &hs_analysers[i]->measures[j];
    return NULL;
}

/* FNV-1a, 64 bit. */
static unsigned long long mix_in(unsigned long long h, const char *s)
{
    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 1099511628211ull;
    return h;
}

enum { DRIVER = 1 }; /* version of gathering, screening, down-mix and shared spectra */

/* Its own, where nothing else counts; else that and a hash of what else does. */
static uint32_t version_of(const struct hs_analyser *a)
{
    char made_with[1024];
    if (!a->made_with)
        return a->version;
    a->made_with(made_with, sizeof made_with);
    unsigned long long h = mix_in(14695981039346656037ull + a->version, made_with);
    return (uint32_t)(h ^ h >> 32);
}

/* Name and version of an analyser into the hash. */
static unsigned long long add_version(unsigned long long h, const struct hs_analyser *a)
{
    return mix_in(h * 31 + version_of(a), a->name);
}

unsigned long long hs_measure_version(void)
{
    unsigned long long h = 14695981039346656037ull ^ DRIVER;
    for (size_t i = 0; i < hs_n_analysers; i++)
        h = add_version(h, hs_analysers[i]);
    return h;
}

static bool is_named(const struct hs_analyser *a, const char *const *names)
{
    for (; names && *names; names++)
        if (!strcmp(*names, a->name))
            return true;
    return false;
}

/* Of some analysers: what depends on these alone outlives changes of the others. */
unsigned long long hs_measure_version_of(const char *const *names)
{
    unsigned long long h = 14695981039346656037ull ^ DRIVER;
    for (size_t i = 0; i < hs_n_analysers; i++)
        if (is_named(hs_analysers[i], names))
            h = add_version(h, hs_analysers[i]);
    return h;
}

/* An analyser on request has run where its first measure is there. */
static bool has_run(const struct hs_analyser *a, const struct hs_values *values)
{
    return !a->on_request || (a->n_measures && hs_values_get(values, a->measures[0].key));
}

/* Of those that have run; they are stored with the values. */
void hs_measure_put_versions(const struct hs_values *values, struct hs_buf *out)
{
    uint32_t n = 0;
    for (size_t i = 0; i < hs_n_analysers; i++)
        n += has_run(hs_analysers[i], values);
    hs_wire_put_u32(out, DRIVER);
    hs_wire_put_u32(out, n);
    for (size_t i = 0; i < hs_n_analysers; i++) {
        if (!has_run(hs_analysers[i], values))
            continue;
        hs_wire_put_text(out, hs_analysers[i]->name);
        hs_wire_put_u32(out, version_of(hs_analysers[i]));
    }
}

/* Those that always run, and those that these destinations ask for. */
hs_analyser_set hs_measure_asked(unsigned destinations)
{
    hs_analyser_set set = 0;
    for (size_t i = 0; i < hs_n_analysers && i < 64; i++)
        if (!hs_analysers[i]->on_request || (hs_analysers[i]->on_request & destinations))
            set |= (hs_analyser_set)1 << i;
    return set;
}

/* The analysers whose names are in `names`. */
static hs_analyser_set named(const char *const *names)
{
    hs_analyser_set set = 0;
    for (size_t i = 0; i < hs_n_analysers; i++)
        if (is_named(hs_analysers[i], names))
            set |= (hs_analyser_set)1 << i;
    return set;
}

/* What must run when these do. */
static hs_analyser_set closure(hs_analyser_set changed)
{
    hs_analyser_set run, before;
    do { /* whoever reads what has changed */
        before = changed;
        for (size_t i = 0; i < hs_n_analysers; i++)
            if ((named(hs_analysers[i]->reads) | named(hs_analysers[i]->works_on)) & changed)
                changed |= (hs_analyser_set)1 << i;
    } while (changed != before);
    run = changed;
    do { /* and what those need to run at all */
        before = run;
        for (size_t i = 0; i < hs_n_analysers; i++)
            if (run >> i & 1)
                run |= named(hs_analysers[i]->works_on);
    } while (run != before);
    return run;
}

/* What has to run anew, given the versions that values were made with. What was measured on request
 * stays wanted. */
hs_analyser_set hs_measure_stale(const void *versions, size_t n, unsigned destinations)
{
    struct hs_cursor c = hs_cursor(versions, n);
    struct hs_arena scratch = {0};
    hs_analyser_set current = 0, wanted = hs_measure_asked(destinations);
    uint32_t driver = hs_wire_take_u32(&c), count = hs_wire_take_u32(&c);
    for (uint32_t k = 0; k < count && !c.bad; k++) {
        const char *name = hs_wire_take_text(&c, &scratch);
        uint32_t version = hs_wire_take_u32(&c);
        for (size_t i = 0; name && i < hs_n_analysers; i++)
            if (!strcmp(name, hs_analysers[i]->name)) {
                wanted |= (hs_analyser_set)1 << i;
                current |= (hs_analyser_set)(version == version_of(hs_analysers[i])) << i;
            }
    }
    if (c.bad || driver != DRIVER)
        current = 0;
    hs_arena_free(&scratch);
    hs_analyser_set set = closure(wanted & ~current) & wanted;
    return !current ? HS_ALL_ANALYSERS : set;
}
