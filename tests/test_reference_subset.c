/* SPDX-License-Identifier: Apache-2.0 */
/* References of the genre or the time of a track weigh more than the others. */
#include "check.h"
#include "judge/reference_subset.h"
#include "judge_fixture.h"

static void tag(struct hs_file *f, const char *genre, int year)
{
    if (genre)
        hs_values_text(&f->values, "tag_genre", genre);
    if (year)
        hs_values_number(&f->values, "tag_year", year);
}

static void alike(void)
{
    struct hs_arena arena = {0};
    struct hs_file files[4] = {{.state = HS_FILE_OK}};
    for (int i = 0; i < 4; i++)
        hs_values_init(&files[i].values, &arena);
    tag(&files[0], "Rock; Live", 1999);
    tag(&files[1], "Rockabilly", 2003);
    tag(&files[2], NULL, 0);
    tag(&files[3], "jazz/ROCK ", 2006);
    struct hs_reference_subset s = hs_reference_subset_new(files, 4, &arena);
    struct hs_kind_of_music rock = {2001, "rock"}, unsaid = {0, NULL};
    const bool genre[] = {true, false, false, true}, year[] = {true, true, false, true};
    for (size_t i = 0; i < 4; i++) {
        CHECK(hs_reference_subset_alike(&s, i, &rock, false) == genre[i]);
        CHECK(hs_reference_subset_alike(&s, i, &rock, true) == year[i]);
        CHECK(!hs_reference_subset_alike(&s, i, &unsaid, false) &&
              !hs_reference_subset_alike(&s, i, &unsaid, true));
    }
    CHECK(!hs_reference_subset_name(&unsaid, true, &arena) &&
          !hs_reference_subset_name(&unsaid, false, &arena));
    CHECK_TEXT(hs_reference_subset_name(&rock, true, &arena), "of 1996 to 2006");
    hs_arena_free(&arena);
}

/* Twenty references: eight bright ones of one genre, twelve dull ones of another. A track of
 * the first genre may be as bright as those; one that says nothing may not, nor one of a
 * genre that too few references have. */
static double centre_for(const char *genre, const char **target, double *spread,
                         struct hs_arena *keep)
{
    struct fixture f;
    fixture_start(&f, 1);
    fixture_references(&f, 20, 0, 0.5);
    for (size_t i = 0; i < 20; i++) {
        fixture_brighten(&f.references[i].values, i < 8 ? 8 : -2);
        tag(&f.references[i], i < 8 ? "Techno" : i < 17 ? "Folk" : "Opera", 2005);
    }
    f.tracks[0].genre = genre;
    fixture_brighten(&f.results[0].master.values, 20);
    hs_judge_audit(&f.audit);
    const struct hs_finding *bright = fixture_finding(&f, 0, "bright");
    double centre = bright ? bright->centre : NAN;
    *target = bright ? hs_arena_strdup(keep, bright->target) : "";
    *spread = fixture_stand(&f, 0, "bright")->reach;
    fixture_free(&f);
    return centre;
}

static void references_of_a_genre(void)
{
    struct hs_arena keep = {0};
    const char *target;
    double all_spread, spread;
    double all = centre_for(NULL, &target, &all_spread, &keep);
    CHECK(strstr(target, "references (20 tracks)") != NULL);
    double techno = centre_for("techno", &target, &spread, &keep);
    CHECK(techno > all + 3 && spread <= all_spread);
    CHECK(strstr(target, "references (20 tracks, 8 of techno)") != NULL);
    double folk = centre_for("folk", &target, &spread, &keep);
    CHECK(folk < all && folk < techno - 4);
    double opera = centre_for("opera", &target, &spread, &keep); /* three are too few */
    CHECK_NEAR(opera, all, 0);
    CHECK_NEAR(spread, all_spread, 0);
    hs_arena_free(&keep);
}

/* Limiting goes with the time: references of another decade say less. */
static void references_of_a_time(void)
{
    struct fixture f;
    double psr[2];
    for (int old = 0; old < 2; old++) {
        fixture_start(&f, 1);
        fixture_references(&f, 16, 0, 1);
        for (size_t i = 0; i < 16; i++) {
            hs_values_number(&f.references[i].values, "psr_p10_db", i < 8 ? 14 : 8);
            tag(&f.references[i], NULL, i < 8 ? 1988 : 2010);
        }
        f.tracks[0].year = old ? 1988 : 2010;
        hs_judge_audit(&f.audit);
        psr[old] = fixture_stand(&f, 0, "over_limited")->centre;
        fixture_free(&f);
    }
    CHECK(psr[1] > psr[0] + 4);
}

int main(void)
{
    alike();
    references_of_a_genre();
    references_of_a_time();
    return check_done();
}
