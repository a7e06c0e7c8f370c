/* SPDX-License-Identifier: Apache-2.0 */
/* A label with several artists and mastering engineers: who is named, and who is not. */
#include "check.h"
#include "simulated_label.h"

static const struct hs_group *group(const struct hs_recurrence *r, const char *name)
{
    for (size_t i = 0; i < r->n_groups; i++)
        if (!strcmp(r->groups[i].name, name))
            return &r->groups[i];
    return NULL;
}

static void analyse(struct synthetic *s)
{
    struct hs_base_rate base = synthetic_base("bright", 8, 160);
    hs_catalogue_analyse_with(&s->audit, &base, 1);
}

/* Cleo masters all of Gamma, whose mixes are at fault, and half of Beta, whose are not: nothing of
 * that is hers. */
static void what_the_mixes_have(void)
{
    struct synthetic s;
    synthetic_make(&s, 6, 6);
    for (size_t i = 0; i < 36; i++) {
        bool gamma = i < 18, fault = gamma && i % 3;
        s.tracks[i].artist = gamma ? "Gamma" : "Beta";
        s.tracks[i].mastered_by = i < 27 ? "Cleo" : "Leo";
        synthetic_value(&s, i, "bright", 1, fault ? 6.4 : -1);
        synthetic_pair(&s, i, fault ? 3.2 : -.5, .1);
        if (fault)
            synthetic_fault(&s, i, "bright", HS_SEVERE, HS_ORIGIN_MIX);
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    const struct hs_group *g = group(r, "Gamma");
    CHECK(g && g->row->verdict == HS_RECURS && g->row->faulty == 12 && !g->explained_by);
    CHECK(!group(r, "Cleo"));
    CHECK(hs_group_that_recurs(r) == g);
    synthetic_free(&s);
}

/* Bob does it to all whom he masters: to First, who has nobody else, to half of Second and of
 * Third. By masters alone First would be at fault as well. */
static void what_an_engineer_does(void)
{
    struct synthetic s;
    synthetic_make(&s, 9, 6);
    for (size_t i = 0; i < 54; i++) {
        size_t release = i / 6, artist = release % 3;
        bool bob = artist == 0 || release < 5;
        s.tracks[i].artist = hs_arena_printf(&s.audit.arena, "Artist %zu", artist);
        s.tracks[i].mastered_by = bob ? "Bob" : "Ann";
        synthetic_value(&s, i, "bright", 1, bob && i % 6 ? 6.4 : -1);
        if (bob && i % 6)
            synthetic_fault(&s, i, "bright", HS_SEVERE, HS_ORIGIN_CANNOT_SAY);
    }
    analyse(&s);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    const struct hs_group *g = group(r, "Bob");
    CHECK(g && g->row->verdict == HS_RECURS && !g->explained_by);
    g = group(r, "Artist 0");
    CHECK(g && g->row->verdict == HS_LEANS && g->explained_as == HS_BY_MASTERING_ENGINEER);
    CHECK_TEXT(g ? g->explained_by : NULL, "Bob");
    synthetic_free(&s);
}

/* Bob does ten things to First, and to half of Second and of Third. That these are found with First
 * by masters alone is no reason to believe more of what Third shows by itself. */
static void what_is_explained_makes_no_room(void)
{
    enum { OF_BOB = 10, N = OF_BOB + 1 };
    struct synthetic s;
    struct hs_base_rate base[N];
    synthetic_make(&s, 9, 6);
    for (size_t k = 0; k < N; k++)
        base[k] = synthetic_base(hs_arena_printf(&s.audit.arena, "rule%02zu", k), 8, 160);
    for (size_t i = 0; i < 54; i++) {
        size_t release = i / 6, artist = release % 3;
        bool bob = artist == 0 || release < 5;
        s.audit.tracks[i].findings = HS_ARENA_ARRAY(&s.audit.arena, struct hs_finding, N);
        s.tracks[i].artist = hs_arena_printf(&s.audit.arena, "Artist %zu", artist);
        s.tracks[i].mastered_by = bob ? "Bob" : "Ann";
        for (size_t k = 0; k < N; k++) {
            bool fault = k < OF_BOB ? bob && i % 6 : artist == 2 && i % 3 == release / 3 % 3;
            synthetic_value(&s, i, base[k].rule, 1, fault ? k < OF_BOB ? 6.4 : 4.2 : -1);
            if (fault)
                synthetic_fault(&s, i, base[k].rule, k < OF_BOB ? HS_SEVERE : HS_MODERATE,
                                HS_ORIGIN_CANNOT_SAY);
        }
    }
    hs_catalogue_analyse_with(&s.audit, base, N);
    for (size_t k = 0; k < OF_BOB; k++) {
        const struct hs_group *g = group(synthetic_row(&s, base[k].rule), "Artist 0");
        CHECK(g && g->explained_by && g->row->verdict == HS_LEANS && g->row->q < .1);
        g = group(synthetic_row(&s, base[k].rule), "Bob");
        CHECK(g && g->row->verdict == HS_RECURS && !g->explained_by);
    }
    const struct hs_group *g = group(synthetic_row(&s, base[OF_BOB].rule), "Artist 2");
    CHECK(g && g->row->faulty == 6 && g->row->verdict == HS_LEANS);
    CHECK(g && g->row->p_count < .1 && g->row->q_count > .1);
    synthetic_free(&s);
}

/* Habits of artists in the mixes and of engineers who master for several of them: hardly anybody is
 * blamed for what another one does (bench/labels.c has the table). */
static void who_is_blamed(void)
{
    const struct label d = {4, 3, 8, 2, .1, .5, true};
    struct label_result r = {0};
    for (size_t i = 0; i < 16; i++)
        simulate_label(&d, 1000 * i + 7, &r);
    CHECK(r.share_false[0] / r.runs < .35); /* .87 where artists were asked for their moves */
    CHECK(r.share_false[1] / r.runs < .25);
    CHECK(r.right[1] / r.habits[1] > .8);
}

int main(void)
{
    what_the_mixes_have();
    what_an_engineer_does();
    what_is_explained_makes_no_room();
    who_is_blamed();
    return check_done();
}
