/* SPDX-License-Identifier: Apache-2.0 */
/* What the pages say of a finding: the side it goes to once, what to listen for, what is asked. */
#include "check.h"
#include "judge/rule.h"
#include "model/audit.h"
#include "report/answer.h"
#include "report/heard_words.h"
#include "report/html.h"
#include "report/listen.h"
#include "report/pieces.h"
#include "report/told.h"

#include <math.h>
#include <string.h>

static struct hs_html page;

static const char *text(void)
{
    return page.out.data ? page.out.data : "";
}

static bool has(const char *what)
{
    return strstr(text(), what) != NULL;
}

static size_t count(const char *what)
{
    size_t n = 0;
    for (const char *at = text(); (at = strstr(at, what)) != NULL; at++)
        n++;
    return n;
}

/* "leaning to one side (right): -6.0 dB" would say the side twice. */
static void test_sides(void)
{
    static const struct hs_moved moved = {.change = -5.8, .usual = {-1.2, 1.2}, .sign = 1};
    struct hs_finding right = {.rule = "lopsided",
                               .value = -6,
                               .unit = "dB",
                               .expected = {-1.1, 1.1},
                               .centre = 0,
                               .jnd = 0.6,
                               .mix_value = -0.2,
                               .change = -5.8,
                               .uncertainty = 0.1,
                               .direction = "right",
                               .origin = HS_ORIGIN_MASTERING};
    hs_html_told(&page, &right);
    CHECK(!has("\xe2\x88\x92") && !has("-6"));
    CHECK(has("The master lies at 6.0\xe2\x80\xaf"
              "dB; up to 1.1\xe2\x80\xaf"
              "dB is expected"));
    CHECK(has("The mix lies at 0.2\xe2\x80\xaf"
              "dB; mastering moved it by +5.8"));
    hs_buf_clear(&page.out);
    right.moved = &moved;
    hs_html_told(&page, &right);
    CHECK(has("The move: mastering moved it by +5.8\xe2\x80\xaf"
              "dB; up to 1.2\xe2\x80\xaf"
              "dB is usual. The value: 6.0\xe2\x80\xaf"
              "dB in the master, 0.2\xe2\x80\xaf"
              "dB in the mix; up to 1.1"));
    hs_buf_clear(&page.out);
    struct hs_finding left = right; /* the same to the other side reads the same */
    left.moved = NULL;
    left.value = 6, left.mix_value = 0.2, left.change = 5.8;
    right.moved = NULL;
    hs_html_told(&page, &left);
    struct hs_buf first = page.out;
    page.out = (struct hs_buf){0};
    hs_html_told(&page, &right);
    CHECK_TEXT(text(), first.data);
    hs_buf_free(&first);
    hs_buf_clear(&page.out);
    struct hs_finding dull = {.rule = "dull",
                              .value = -6,
                              .unit = "dB",
                              .expected = {-3, NAN},
                              .mix_value = NAN,
                              .change = NAN}; /* no word for it: the sign stays */
    hs_html_told(&page, &dull);
    CHECK(has("\xe2\x88\x92"
              "6.0"));
    hs_buf_clear(&page.out);
}

/* What the comparison tells was not left where it was, though both files read alike. */
static void test_moved_unread(void)
{
    for (int eased = 0; eased < 2; eased++) {
        struct hs_finding f = {.rule = "muddy",
                               .value = 9.92,
                               .unit = "dB",
                               .expected = {-2.5, 7.1},
                               .mix_value = 9.86,
                               .change = 0.06,
                               .uncertainty = 0.3,
                               .origin = eased ? HS_ORIGIN_EASED : HS_ORIGIN_MIX};
        hs_html_told(&page, &f);
        CHECK(has("left it where it was") == !eased &&
              has("the comparison of both tells") == eased);
        hs_buf_clear(&page.out);
    }
}

static void test_listen(void)
{
    const struct hs_clip mix = {.side = HS_CLIP_MIX}, alone = {.side = HS_CLIP_ALONE};
    struct hs_finding f = {.rule = "bright", .origin = HS_ORIGIN_MASTERING};
    hs_html_listen(&page, "bright", &f, &mix);
    CHECK(has("Listen for cymbals") && has("hardly any of it"));
    hs_buf_clear(&page.out);
    f.origin = HS_ORIGIN_MIX;
    hs_html_listen(&page, "bright", &f, &mix);
    CHECK(has("Here the mix has it as well."));
    hs_buf_clear(&page.out);
    hs_html_listen(&page, "bright", &f, &alone);
    CHECK(!has("the mix"));
    hs_buf_clear(&page.out);
    hs_html_listen(&page, "level_jump", &f, NULL);
    CHECK(has("behind the song before it"));
    hs_buf_clear(&page.out);
    hs_html_listen(&page, "upsampled", &f, NULL);
    CHECK(has("Nothing to hear") && !has("Listen for"));
    hs_buf_clear(&page.out);
}

/* Not to hear what ears seldom hear is not asked; forms on one page do not share their buttons. */
static void test_forms(void)
{
    const struct hs_track track = {.id = "a-song", .title = "Song"};
    hs_html_answer_form(&page, &track, "bright", false);
    CHECK(count("type=\"radio\"") == 3 && count("name=\"answer-1\"") == 3);
    hs_html_answer_form(&page, &track, "bright", false);
    CHECK(count("name=\"answer-1\"") == 3 && count("name=\"answer-2\"") == 3);
    hs_buf_clear(&page.out);
    hs_html_answer_form(&page, &track, "lossy_source", false);
    CHECK(count("type=\"radio\"") == 2 && !has("answer: no"));
    hs_buf_clear(&page.out);
    hs_html_answer_form(&page, &track, "upsampled", false);
    CHECK(count("type=\"radio\"") == 1 && has("Is it meant: upsampled?"));
    hs_buf_clear(&page.out);
}

/* Each note of the master that no fault answers has its measure; where one does, also as a part of
 * another, its own line says it. */
static void test_heard(void)
{
    static const struct hs_judged_rule thin = {.rule = "thin"};
    struct hs_judgement judged = {.of = &thin, .value = 12.5, .mix_value = 18.9f, .steps = -1.4f};
    struct hs_ear_note notes[] = {
        {.note = "too <thin>", .rule = "thin", .heard_master = HS_ANSWER_YES},
        {.note = "wet", .rule = "wet", .heard_master = HS_ANSWER_YES},
        {.note = "nobody knows", .heard_master = HS_ANSWER_YES},
        {.rule = "bright"},
        {.note = "harsh in the mix alone", .rule = "harsh", .heard_master = HS_ANSWER_NO}};
    struct hs_finding f = {.rule = "thin", .severity = HS_MINOR, .explained_by = "hollow"};
    struct hs_track_result t = {
        .judgements = &judged, .n_judgements = 1, .ticks = notes, .n_ticks = 5};
    hs_html_heard_words(&page, &t);
    CHECK(count("You hear") == 2 && has("too &lt;thin&gt;") && has("12.5"));
    CHECK(has("other side of the middle; mastering moved it that way, by ") && has("6.4"));
    CHECK(has("\xe2\x80\x9cwet\xe2\x80\x9d") && has("could not be judged"));
    hs_buf_clear(&page.out);
    judged.mix_value = 6.5f;
    judged.steps = 1.5f;
    hs_html_heard_words(&page, &t);
    CHECK(has("on the side that you hear, in range; mastering moved it the other way"));
    hs_buf_clear(&page.out);
    t.findings = &f;
    t.n_findings = 1;
    hs_html_heard_words(&page, &t);
    CHECK(count("You hear") == 1 && !has("thin"));
    hs_buf_clear(&page.out);
}

/* The figure from which a defect is no fault is nobody's aim: no master has to have -20 LUFS. */
static void test_outcome(void)
{
    const struct hs_plan_step step = {.where = HS_PLACE_MASTER,
                                      .now = -62,
                                      .planned = -20,
                                      .planned_most = -20,
                                      .tolerance = 2.5};
    struct hs_finding f = {.rule = "silent", .unit = "LUFS", .value = -62};
    f.correction.after = f.correction.after_most = NAN;
    hs_html_outcome(&page, &f, &step);
    CHECK(!*text());
    f.correction.after = -20;
    hs_html_outcome(&page, &f, &step);
    CHECK(has("becomes") && has("20.0"));
    hs_buf_clear(&page.out);
}

int main(void)
{
    test_outcome();
    test_heard();
    test_sides();
    test_moved_unread();
    test_listen();
    test_forms();
    hs_buf_free(&page.out);
    return check_done();
}
