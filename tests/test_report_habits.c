/* SPDX-License-Identifier: Apache-2.0 */
/* What the first screen says of habits: by the move where moves speak, of the releases that have
 * it, against the user's references, and what is rare apart. */
#include "check.h"
#include "report/report.h"
#include "run/digest.h"
#include "run/digest_text.h"
#include "synthetic.h"

#include "core/fs.h"
#include "fixture_dir.h"

#include <stdlib.h>
#include <string.h>

static void analyse(struct synthetic *s, int fired)
{
    const struct hs_base_rate rules[] = {synthetic_base("bright", fired, 400),
                                         synthetic_base("dull", 20, 400),
                                         synthetic_base("wide", 20, 400)};
    s->job.name = s->job.artist = "Band";
    hs_catalogue_analyse_with(&s->audit, rules, sizeof rules / sizeof *rules);
}

/* The text of one page of the report. */
static const char *page(struct synthetic *s, const char *name, struct hs_buf *text)
{
    char dir[] = P_tmpdir "/hs_report-habits-XXXXXX";
    struct hs_arena a = {0};
    hs_buf_clear(text);
    CHECK(mkdtemp(dir) != NULL);
    CHECK(hs_report_write(&s->audit, &(struct hs_report_options){.dir = dir}, NULL) == HS_OK);
    CHECK(hs_fs_read(hs_path_join(&a, dir, name), 64 << 20, text, NULL) == HS_OK);
    CHECK(remove_tree(dir));
    hs_arena_free(&a);
    return text->data;
}

static bool has(const char *text, const char *words)
{
    return strstr(text, words) != NULL;
}

/* Mastering brightens every song; the mixes of some are dull and need it. */
static void test_moves(void)
{
    struct synthetic s;
    struct hs_buf text = {0};
    synthetic_make(&s, 6, 4);
    for (size_t i = 0; i < 24; i++) {
        synthetic_value(&s, i, "bright", 1, i < 16 ? 1.5 : -1.5);
        synthetic_pair(&s, i, i < 16 ? -.5 : -2.5, i < 16 ? 3 : 0);
        struct hs_judgement *j = &s.audit.tracks[i].judgements[0];
        j->called_for = i >= 16;
        j->mix_value = (float)(j->value - 3);
    }
    analyse(&s, 20);
    const char *first = page(&s, "index.html", &text);
    CHECK(has(first, "<h1>Brightened by mastering.</h1>") && !has(first, ">Too bright<"));
    CHECK(has(first, "Mastering moved 16 of 16 masters that way"));
    CHECK(has(first, "On 8 more it went the same way, and the mix needed it."));
    CHECK(has(page(&s, "rules/bright.html", &text), "<h1>Brightened by mastering: 16 of 16"));
    hs_buf_free(&text);
    synthetic_free(&s);
}

/* It was done until a year, and no more. Behind a sentence on the references it is named. */
static void test_stretch(void)
{
    for (int given = 0; given < 2; given++) {
        struct synthetic s;
        struct hs_buf text = {0}, digest = {0};
        synthetic_make(&s, 8, 4);
        s.job.n_references = given ? 8 : 0;
        s.audit.references = HS_ARENA_ARRAY(&s.audit.arena, struct hs_file, 8);
        for (size_t i = 0; i < 8; i++)
            s.audit.references[i].state = HS_FILE_OK;
        for (size_t i = 0; i < 32; i++) {
            synthetic_value(&s, i, "narrow", -1, -2.6 - .1 * (double)(i % 4));
            synthetic_value(&s, i, "bright", 1, -1);
            synthetic_pair(&s, i, -.6, i < 12 ? 3.2 : .1 * (double)(i % 3));
        }
        analyse(&s, 20);
        const char *first = page(&s, "index.html", &text);
        CHECK(has(first, "Mastering moved 12 of 12 masters that way until Release 3 (2002)"));
        CHECK(has(first, "<h1>Brightened by mastering until Release 3 (2002).</h1>"));
        hs_digest_text(&(struct hs_digest){.first = true}, &s.audit, &digest);
        CHECK(has(digest.data, "Recurs: brightened by mastering until 2002\n"));
        hs_buf_free(&digest);
        CHECK(has(first, "Against your references: ") == given);
        CHECK(has(first, "It recurred, and has ended.") == !given);
        CHECK(has(first, "What the heading names recurred, and has ended.") == given);
        hs_buf_free(&text);
        synthetic_free(&s);
    }
}

/* References were given, and these records lie to one side of them. */
static void test_references(void)
{
    for (int given = 0; given < 2; given++) {
        struct synthetic s;
        struct hs_buf text = {0};
        synthetic_make(&s, 3, 6);
        s.job.n_references = given ? 8 : 0;
        s.audit.references = HS_ARENA_ARRAY(&s.audit.arena, struct hs_file, 8);
        for (size_t i = 0; i < 8; i++)
            s.audit.references[i].state = HS_FILE_OK;
        for (size_t i = 0; i < 18; i++) {
            synthetic_value(&s, i, "dull", -1, -2.6 - .1 * (double)(i % 4));
            synthetic_value(&s, i, "wide", 1, .1 * (double)(i % 3));
        }
        analyse(&s, 20);
        const char *first = page(&s, "index.html", &text);
        /* towards the fault, as the amount is */
        CHECK(has(first, "Against your references: too dull by 2.8\xe2\x80\xaf"
                         "dB on the median (+") == given);
        CHECK(!has(first, "too wide by"));
        hs_buf_free(&text);
        synthetic_free(&s);
    }
}

/* Held against the user's own references, it is these that are named beside the count. */
static void test_count_against_references(void)
{
    for (int given = 0; given < 2; given++) {
        struct synthetic s;
        struct hs_buf text = {0};
        synthetic_make(&s, 3, 6);
        for (size_t i = 0; i < 18; i++) {
            synthetic_value(&s, i, "dull", -1, -6);
            synthetic_fault(&s, i, "dull", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
        }
        struct hs_base_rate base = synthetic_base("dull", 20, 400);
        if (given)
            base.references = hs_base_levels_of(1, 20, 1);
        s.job.name = s.job.artist = "Band";
        hs_catalogue_analyse_with(&s.audit, &base, 1);
        const char *first = page(&s, "index.html", &text);
        CHECK(has(first, "; of as many of your references it would be ") == given);
        CHECK(has(first, "; elsewhere it would be ") != given);
        hs_buf_free(&text);
        synthetic_free(&s);
    }
}

/* One record lies to one side of the references: that is said of it, with no range for others. */
static void test_references_and_one_record(void)
{
    struct synthetic s;
    struct hs_buf text = {0};
    synthetic_make(&s, 1, 10);
    s.job.n_references = 8;
    s.audit.references = HS_ARENA_ARRAY(&s.audit.arena, struct hs_file, 8);
    for (size_t i = 0; i < 8; i++)
        s.audit.references[i].state = HS_FILE_OK;
    for (size_t i = 0; i < 10; i++)
        synthetic_value(&s, i, "dull", -1, -2.6 - .1 * (double)(i % 4));
    analyse(&s, 20);
    const char *first = page(&s, "index.html", &text);
    CHECK(has(first, "Against your references: too dull by 2.8\xe2\x80\xaf"
                     "dB on the median of this "
                     "record; others would tell whether it is a habit."));
    CHECK(!has(first, "not shown)"));
    hs_buf_free(&text);
    synthetic_free(&s);
}

/* What is missing, in words that fit: defects of files are no sound, and two of five are not rare.
 */
static void test_what_is_missing(void)
{
    struct synthetic s;
    synthetic_make(&s, 4, 6);
    for (size_t i = 0; i < 24; i++) {
        if (i / 6 % 2)
            synthetic_fault(&s, i, "lossy_source", HS_MINOR, HS_ORIGIN_CANNOT_SAY);
        struct hs_track_result *t = &s.audit.tracks[i];
        if (i >= 5)
            t->not_judged[t->n_not_judged++] = (struct hs_not_judged){.rule = "bright"};
        else if (i % 5 < 2)
            synthetic_fault(&s, i, "bright", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
    }
    for (size_t i = 0; i < 5; i++) /* on two releases */
        s.tracks[i].release = i % 2;
    const struct hs_base_rate rules[] = {synthetic_base("lossy_source", 20, 400),
                                         synthetic_base("bright", 1, 400)};
    hs_catalogue_analyse_with(&s.audit, rules, 2);
    const struct hs_recurrence *r = synthetic_row(&s, "lossy_source");
    CHECK(r->verdict == HS_LEANS && has(r->why_not, "such things come with a delivery"));
    r = synthetic_row(&s, "bright");
    CHECK(r->verdict == HS_LEANS && r->faulty == 2 && r->judged == 5);
    CHECK_TEXT(r->why_not, "more often than elsewhere, but on too few tracks");
    synthetic_free(&s);
}

/* Four masters do not say where their middle lies: nothing that sounds like praise. */
static void test_few_masters(void)
{
    struct synthetic s;
    struct hs_buf text = {0};
    synthetic_make(&s, 1, 4);
    s.job.n_references = 1;
    s.audit.references = HS_ARENA_ARRAY(&s.audit.arena, struct hs_file, 1);
    s.audit.references[0].state = HS_FILE_OK;
    for (size_t i = 0; i < 4; i++)
        synthetic_value(&s, i, "dull", -1, -2.8);
    analyse(&s, 20);
    const char *first = page(&s, "index.html", &text);
    CHECK(has(first, "Against your reference: too few masters to say how they lie."));
    CHECK(!has(first, "nothing lies"));
    hs_buf_free(&text);
    synthetic_free(&s);
}

/* It recurs as a whole, and one engineer of two does it: the engineer is named, and no artist. */
static void test_engineer(void)
{
    struct synthetic s;
    struct hs_buf text = {0}, digest = {0};
    synthetic_make(&s, 6, 4);
    for (size_t i = 0; i < 24; i++) {
        bool bob = i / 4 % 2;
        s.tracks[i].mastered_by = bob ? "Bob" : "Ann";
        s.tracks[i].artist = i / 8 % 2 ? "Xena" : "Yarrow";
        synthetic_value(&s, i, "bright", 1, -1);
        synthetic_pair(&s, i, -.6, bob ? 4.2 : .1 * (double)(i % 3));
    }
    analyse(&s, 20);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(r->verdict == HS_RECURS && r->faulty == 12);
    const char *first = page(&s, "index.html", &text);
    CHECK(has(first, "<h1>Brightened by mastering (Bob).</h1>"));
    hs_digest_text(&(struct hs_digest){.first = true}, &s.audit, &digest);
    CHECK(has(digest.data, "Recurs: brightened by mastering (Bob)\n"));
    hs_buf_free(&digest);
    CHECK(has(first, "mastered by Bob 12 of 12, of all 12 of 24"));
    CHECK(!has(page(&s, "rules/bright.html", &text), ">Xena<"));
    hs_buf_free(&text);
    synthetic_free(&s);
}

/* Three of 24 where elsewhere hardly one has it: more often, but no habit. */
static void test_rare(void)
{
    struct synthetic s;
    struct hs_buf text = {0};
    synthetic_make(&s, 3, 8);
    for (size_t i = 0; i < 24; i++) {
        bool bad = i % 8 == 3;
        synthetic_value(&s, i, "bright", 1, bad ? 4 : -1);
        if (bad)
            synthetic_fault(&s, i, "bright", HS_MODERATE, HS_ORIGIN_CANNOT_SAY);
    }
    analyse(&s, 0);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(r->verdict == HS_LEANS && r->faulty == 3);
    CHECK_TEXT(r->why_not, "more often than elsewhere, but rare");
    const char *first = page(&s, "index.html", &text);
    CHECK(has(first, "<h1>Nothing recurs; ") &&
          has(first, "Rare, if more often than elsewhere: too bright."));
    hs_buf_free(&text);
    synthetic_free(&s);
}

/* An album by itself, most of it at fault: the first screen says of what, and what it cannot say.
 */
static void test_one_album(void)
{
    struct synthetic s;
    struct hs_buf text = {0};
    synthetic_make(&s, 1, 12);
    for (size_t i = 0; i < 12; i++) {
        bool bad = i % 3 > 0;
        synthetic_value(&s, i, "bright", 1, bad ? 4 : -1);
        if (bad)
            synthetic_fault(&s, i, "bright", HS_MODERATE, HS_ORIGIN_MIX);
    }
    analyse(&s, 0);
    CHECK(synthetic_row(&s, "bright")->verdict == HS_ON_ONE_RELEASE);
    const char *first = page(&s, "index.html", &text);
    CHECK(has(first, "<h1>On one release: too bright. </h1>"));
    CHECK(has(first, " All 8 were so in the mix."));
    CHECK(has(first, "Whether it is a habit only other releases can tell. "));
    CHECK(has(first, "None of the masters is worth re-issuing"));
    hs_buf_free(&text);
    synthetic_free(&s);
}

/* Mastering brightens from the fourth release on, too little for a habit and for any master: what
 * changed is mastering, and no master became too bright. */
static void test_change_of_mastering(void)
{
    struct synthetic s;
    struct hs_buf text = {0};
    synthetic_make(&s, 6, 4);
    for (size_t i = 0; i < 24; i++) {
        synthetic_value(&s, i, "bright", 1, -.8 + .1 * (double)(i % 5));
        synthetic_pair(&s, i, -.6, i < 12 ? .1 : 1.5);
    }
    analyse(&s, 20);
    const struct hs_recurrence *r = synthetic_row(&s, "bright");
    CHECK(r->verdict == HS_NOT_SHOWN && hs_since_shown(&r->since));
    const char *first = page(&s, "index.html", &text);
    CHECK(has(first, "What changed: brightened by mastering since 2003"));
    CHECK(has(first, "Brightened by mastering</a> since Release 4 (2003)"));
    CHECK(!has(first, "oo bright since") && !has(first, "Too bright</a> since"));
    CHECK(has(page(&s, "rules/bright.html", &text), "Release 4 (2003)</strong>, by mastering: "));
    hs_buf_free(&text);
    synthetic_free(&s);
}

/* Bob lifts the treble of every other record, too little for any fault: the first screen names what
 * he does. Where he does nothing, there is nothing to name. */
static void test_habit_of_mastering(void)
{
    for (int lifts = 0; lifts < 2; lifts++) {
        struct synthetic s;
        struct hs_buf text = {0};
        synthetic_make(&s, 6, 4);
        for (size_t i = 0; i < 24; i++) {
            bool bob = i / 4 % 2;
            double eq[HS_BANDS] = {0};
            for (size_t b = 25; b < HS_BANDS; b++)
                eq[b] = (bob && lifts ? 2.5 : 0) + .1 * (double)(i % 4) - .15;
            s.tracks[i].mastered_by = bob ? "Bob" : "Ann";
            synthetic_value(&s, i, "wide", 1, .3 * (double)(i % 5) - .6);
            s.audit.tracks[i].pair.state = HS_PAIR_ALIGNED;
            hs_values_init(&s.audit.tracks[i].pair.values, &s.audit.arena);
            hs_values_array(&s.audit.tracks[i].pair.values, "eq_db", eq, HS_BANDS);
        }
        analyse(&s, 20);
        const char *first = page(&s, "index.html", &text);
        CHECK(has(first, "Bob raises the treble.") == lifts);
        CHECK(has(first, "A habit, whether or not it is a fault: ") == lifts);
        CHECK(!has(first, "Ann raises"));
        hs_buf_free(&text);
        synthetic_free(&s);
    }
}

int main(void)
{
    test_habit_of_mastering();
    test_change_of_mastering();
    test_moves();
    test_stretch();
    test_references();
    test_count_against_references();
    test_references_and_one_record();
    test_what_is_missing();
    test_few_masters();
    test_engineer();
    test_rare();
    test_one_album();
    return check_done();
}
