/* SPDX-License-Identifier: Apache-2.0 */
/* The object "habits" of audit.json: what each engineer usually does, of mastering (moves from mix
 * to master) and of mixing (tone of the mix against others), for all years and for each year. */
#include "report/json_habits.h"

#include <math.h>

enum { BANDS = 31 };

static void put_ends(struct hs_json *j, const char *key, struct hs_interval i)
{
    hs_json_numbers(j, key, (double[]){i.low, i.high}, 2);
}

static void put_usual(struct hs_json *j, const char *key, const struct hs_usual *u)
{
    hs_json_object(j, key);
    hs_json_number(j, "median", u->median);
    put_ends(j, "interval", u->interval);
    hs_json_number(j, "n", u->n);
    hs_json_object_end(j);
}

/* The curve of medians in third octaves, and an array of intervals for the same bands. */
static void put_bands(struct hs_json *j, const char *of, const char *interval,
                      const struct hs_habits *h)
{
    double median[BANDS];
    for (int b = 0; b < BANDS; b++)
        median[b] = h->band[b].median;
    hs_json_numbers(j, of, median, BANDS);
    hs_json_array(j, interval);
    for (int b = 0; b < BANDS; b++)
        put_ends(j, NULL, h->band[b].interval);
    hs_json_array_end(j);
}

/* What an engineer usually does in each zone, and the same in words. */
static void put_zones(struct hs_json *j, const struct hs_habits *h)
{
    hs_json_array(j, "zones");
    for (int z = 0; z < HS_ZONES; z++) {
        hs_json_object(j, NULL);
        hs_json_text(j, "zone", hs_zones[z].name);
        hs_json_number(j, "median", h->zone[z].median);
        put_ends(j, "interval", h->zone[z].interval);
        hs_json_number(j, "same", h->zone[z].same);
        hs_json_number(j, "q", h->zone[z].q);
        hs_json_text(j, "by_engineer", h->by_whom[z]);
        hs_json_bool(j, "on_one_release", hs_usual_is_told_here(&h->zone[z]));
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
    hs_json_array(j, "words");
    for (size_t i = 0; i < h->n_words; i++)
        hs_json_text(j, NULL, h->words[i]);
    hs_json_array_end(j);
}

/* Since when a zone, or the width, is another than before; of all tracks together. */
static void put_changes(struct hs_json *j, const struct hs_audit *audit, const struct hs_habits *h)
{
    hs_json_array(j, "changes");
    for (size_t w = 0; h->change && w < HS_ZONE_CHANGES; w++) {
        const struct hs_zone_change *c = &h->change[w];
        if (!hs_zone_change_is_shown(c))
            continue;
        hs_json_object(j, NULL);
        hs_json_text(j, "what", hs_zone_change_name(w));
        hs_json_number(j, "year", audit->job->releases[c->at].year);
        hs_json_text(j, "release", audit->job->releases[c->at].title);
        hs_json_number(j, "change_db", c->change);
        put_ends(j, "interval", c->interval);
        hs_json_number(j, "q", c->q);
        hs_json_text(j, "aliased_with", c->factor);
        hs_json_text(j, "level", c->level);
        hs_json_bool(j, "level_of_others", c->level_of_others);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

/* The moves as the rules read them, with the range that is usual elsewhere, and of which part they
 * are: several rules read the same one. */
static void put_moves(struct hs_json *j, const struct hs_habits *h)
{
    hs_json_array(j, "moves");
    for (size_t i = 0; i < h->n_moves; i++) {
        const struct hs_usual_move *m = &h->moves[i];
        hs_json_object(j, NULL);
        hs_json_text(j, "rule", m->rule);
        hs_json_text(j, "what", hs_moved_part_name(m->part));
        hs_json_number(j, "median", m->by.median);
        put_ends(j, "interval", m->by.interval);
        hs_json_numbers(j, "usual", m->usual, 2);
        hs_json_text(j, "unit", m->unit);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
}

static void put_who(struct hs_json *j, const struct hs_habits *h, const char *counted)
{
    hs_json_object(j, NULL);
    hs_json_text(j, "engineer", h->engineer);
    hs_json_number(j, "year", h->year ? h->year : NAN);
    hs_json_number(j, counted, h->n);
    hs_json_number(j, "releases", h->releases);
}

/* Moves of mastering by pair; curves of mixing against the reference model. */
void hs_json_habits(struct hs_json *j, const struct hs_audit *audit)
{
    hs_json_object(j, "habits");
    hs_json_array(j, "mastering");
    for (size_t i = 0; i < audit->n_mastering; i++) {
        const struct hs_habits *h = &audit->mastering[i];
        put_who(j, h, "pairs");
        put_bands(j, "eq_db", "eq_interval", h);
        put_moves(j, h);
        hs_json_number(j, "gain_db", h->gain.median);
        hs_json_number(j, "gain_reduction_db", h->reduction.median);
        put_usual(j, "gain", &h->gain);
        put_usual(j, "gain_reduction", &h->reduction);
        put_usual(j, "width_change", &h->width);
        put_usual(j, "tail_change", &h->tails);
        put_zones(j, h);
        put_changes(j, audit, h);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
    hs_json_array(j, "mixing");
    for (size_t i = 0; i < audit->n_mixing; i++) {
        const struct hs_habits *h = &audit->mixing[i];
        put_who(j, h, "mixes");
        put_bands(j, "curve_db", "interval", h);
        hs_json_text(j, "against", h->against);
        put_zones(j, h);
        put_changes(j, audit, h);
        hs_json_object_end(j);
    }
    hs_json_array_end(j);
    if (audit->masters) {
        hs_json_object(j, "masters");
        hs_json_number(j, "masters", audit->masters->n);
        put_changes(j, audit, audit->masters);
        hs_json_object_end(j);
    }
    hs_json_object_end(j);
}
