/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers: read beside the job, and written into it. What is written is read back by the loader
 * of jobs; what must not change is compared byte by byte.
 */
#include "check.h"
#include "core/fs.h"
#include "job/edit.h"
#include "job/job.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const rules[] = {"bright", "wide", "wet", "harsh"};
enum { N_RULES = 4 };

static struct hs_buf buf_of(const char *text)
{
    struct hs_buf b = {0};
    hs_buf_puts(&b, text);
    return b;
}

static enum hs_status edit(const char *job, const char *answers, struct hs_buf *out,
                           struct hs_buf *diff, struct hs_edit_count *count)
{
    struct hs_buf a = buf_of(job), b = buf_of(answers), messages = {0};
    struct hs_error err = {0};
    memset(count, 0, sizeof *count);
    enum hs_status s = hs_job_edit("nowhere/j.yaml", &a, "answers.yaml", &b, rules, N_RULES, out,
                                   diff, count, &messages, &err);
    hs_buf_free(&a);
    hs_buf_free(&b);
    hs_buf_free(&messages);
    return s;
}

#define HEAD "hindsight: 1 # as ever\nreleases:\n  - title: R\n    tracks:\n"
#define ONE "- {track: a, rule: bright, answer: yes}\n"

/* Styles in which a track may be written, and what one yes makes of them. */
static const struct {
    const char *track, *after;
} styles[] = {
    {"      - id: a\n        title: A\n        master: a.wav # kept\n",
     "      - id: a\n        title: A\n        master: a.wav # kept\n        heard: [bright]\n"},
    {"      - {id: a, title: A, master: a.wav} # end\n",
     "      - {id: a, title: A, master: a.wav, heard: [bright]} # end\n"},
    {"      - {id: a, title: A, master: a.wav, }\n",
     "      - {id: a, title: A, master: a.wav,heard: [bright] }\n"},
    {"      - id: a\n        heard: [wide] # mine\n        title: A\n        master: a.wav\n",
     "      - id: a\n        heard: [wide, bright] # mine\n        title: A\n        master: "
     "a.wav\n"},
    {"      - id: a\n        heard: []\n        title: A\n        master: a.wav\n",
     "      - id: a\n        heard: [bright]\n        title: A\n        master: a.wav\n"},
    {"      - id: a\n        heard:\n          - wide # w\n          # c\n        title: A\n"
     "        master: a.wav\n",
     "      - id: a\n        heard:\n          - wide # w\n          - bright\n          # c\n"
     "        title: A\n        master: a.wav\n"},
    {"      - id: a\n        heard: kick, too low\n        title: A\n        master: a.wav\n",
     "      - id: a\n        heard: [\"kick, too low\", bright]\n        title: A\n"
     "        master: a.wav\n"},
    {"      - id: a\n        heard:\n        title: A\n        master: a.wav\n",
     "      - id: a\n        heard: [bright]\n        title: A\n        master: a.wav\n"},
    {"      - id: a\n        title: |\n          A\n        master: a.wav",
     "      - id: a\n        title: |\n          A\n        master: a.wav\n        heard: "
     "[bright]"},
    {"      - id: a\r\n        title: \xc3\xa4\r\n        master: a.wav\r\n",
     "      - id: a\r\n        title: \xc3\xa4\r\n        master: a.wav\r\n"
     "        heard: [bright]\r\n"},
};

static void test_styles(void)
{
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        struct hs_buf job = buf_of(HEAD), want = buf_of(HEAD), out = {0}, diff = {0};
        struct hs_edit_count count;
        hs_buf_puts(&job, styles[i].track);
        hs_buf_puts(&want, styles[i].after);
        CHECK(edit(job.data, ONE, &out, &diff, &count) == HS_OK);
        CHECK_TEXT(out.data, want.data);
        CHECK(count.added == 1 && diff.len > 0);
        hs_buf_clear(&diff);
        hs_buf_free(&job);
        job = out; /* a second time nothing is left to do */
        out = (struct hs_buf){0};
        CHECK(edit(job.data, ONE, &out, &diff, &count) == HS_OK);
        CHECK(count.added == 0 && count.there == 1 && diff.len == 0);
        CHECK_TEXT(out.data, job.data);
        hs_buf_free(&job);
        hs_buf_free(&want);
        hs_buf_free(&out);
        hs_buf_free(&diff);
    }
}

static void test_all_keys(void)
{
    static const char job[] = HEAD "      - id: a\n        title: A\n        master: a.wav\n"
                                   "        accept:\n          wet: meant # so\n"
                                   "      # between\n      - id: b\n        title: B\n"
                                   "        master: b.wav\n";
    static const char answers[] = "- {track: b, rule: wide, answer: no}\n"
                                  "- {track: a, rule: harsh, answer: on_purpose, note: \"a: b\"}\n"
                                  "- {track: b, rule: bright, answer: yes, note: spits}\n"
                                  "- {track: gone, rule: bright, answer: yes}\n"
                                  "- {track: b, note: \"kick: too low\"}\n";
    static const char want[] =
        HEAD "      - id: a\n        title: A\n        master: a.wav\n"
             "        accept:\n          wet: meant # so\n          harsh: \"a: b\"\n"
             "      # between\n      - id: b\n        title: B\n        master: b.wav\n"
             "        heard: [{note: bright, words: \"spits\"}, \"kick: too low\"]\n"
             "        not_heard: [wide]\n";
    struct hs_buf out = {0}, diff = {0}, messages = {0};
    struct hs_edit_count count;
    struct hs_job *loaded = NULL;
    struct hs_error err = {0};
    CHECK(edit(job, answers, &out, &diff, &count) == HS_OK);
    CHECK_TEXT(out.data, want);
    CHECK(count.added == 4 && count.unknown == 1);
    CHECK(hs_job_parse("nowhere/j.yaml", out.data, out.len, rules, N_RULES, &loaded, &messages,
                       &err) == HS_OK);
    if (loaded) {
        CHECK(loaded->tracks[0].n_accept == 2 && loaded->tracks[1].n_heard == 2);
        CHECK_TEXT(loaded->tracks[1].heard[0].words, "spits");
        CHECK(loaded->tracks[1].n_not_heard == 1);
    }
    hs_job_free(loaded);
    hs_buf_free(&out);
    hs_buf_free(&diff);
    hs_buf_free(&messages);
}

/* What cannot be written without touching something else, or contradicts, is refused. */
static void test_refusals(void)
{
    static const char *const jobs[][2] = {
        {HEAD "      - &t {id: a, title: A, master: a.wav}\n      - {<<: *t, id: b, title: B}\n",
         ONE},
        {HEAD "      - {id: a, title: A, master: a.wav, heard: &h [wide]}\n"
              "      - {id: b, title: B, master: b.wav, heard: *h}\n",
         ONE},
        {HEAD "      - {id: a, title: A, master: a.wav, not_heard: [bright]}\n", ONE},
        {HEAD "      - {id: a, title: A, master: a.wav}\n",
         "- {track: a, rule: nothing, answer: yes}\n"},
        {HEAD "      - {id: a, title: A, master: a.wav}\n",
         "- {track: a, rule: bright, answer: hm}\n"},
        {HEAD "      - {id: a, title: A, master: a.wav}\n", "track: a\n"},
    };
    for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
        struct hs_buf out = {0}, diff = {0};
        struct hs_edit_count count;
        if (!CHECK(edit(jobs[i][0], jobs[i][1], &out, &diff, &count) == HS_E_USAGE))
            fprintf(stderr, "case %zu: %s\n", i, out.data);
        hs_buf_free(&out);
        hs_buf_free(&diff);
    }
}

/* Beside the job: laid over it; a class does not decide, the listener of the job does. */
static void test_beside(void)
{
    static const char job[] =
        "listener: L\n" HEAD "      - {id: a, title: A, master: a.wav, heard: [wet]}\n";
    static const char answers[] =
        "- {listener: L, track: a, rule: bright, answer: yes, blind: true}\n"
        "- {listener: M, track: a, rule: wide, answer: yes}\n"
        "- {listener: L, track: a, rule: harsh, answer: yes}\n"
        "- {listener: L, track: a, rule: harsh, answer: on_purpose}\n"
        "- {track: a, rule: wide, answer: no}\n";
    char dir[] = P_tmpdir "/hs_answer-XXXXXX", path[64], beside[64];
    struct hs_job *loaded = NULL;
    struct hs_buf messages = {0};
    struct hs_error err = {0};
    CHECK(mkdtemp(dir) != NULL);
    snprintf(path, sizeof path, "%s/j.yaml", dir);
    snprintf(beside, sizeof beside, "%s/answers.yaml", dir);
    CHECK(hs_fs_write(path, job, strlen(job), NULL) == HS_OK);
    CHECK(hs_fs_write(beside, answers, strlen(answers), NULL) == HS_OK);
    CHECK(hs_job_load(path, rules, N_RULES, &loaded, &messages, &err) == HS_OK);
    if (loaded) {
        const struct hs_track *t = &loaded->tracks[0];
        CHECK(loaded->n_said == 5 && loaded->said[0].blind && loaded->said[0].decides);
        CHECK(!loaded->said[1].decides && !loaded->said[2].decides);
        CHECK(t->n_heard == 2 && t->n_accept == 1 && t->n_not_heard == 1);
        CHECK_TEXT(t->heard[1].note, "bright");
        CHECK_TEXT(t->accept[0].rule, "harsh");
        CHECK_TEXT(t->not_heard[0], "wide");
    }
    hs_job_free(loaded);
    unlink(path);
    unlink(beside);
    CHECK(rmdir(dir) == 0);
    hs_buf_free(&messages);
}

/* Heard and not heard: told, wherever each stands; the last of two answers counts. */
static void test_contradictions(void)
{
    static const char both[] = "- {track: a, rule: bright, answer: yes}\n"
                               "- {track: a, rule: wide, answer: yes}\n"
                               "- {track: a, rule: bright, answer: no}\n";
    static const struct {
        const char *track, *answers;
        size_t n;
    } cases[] = {
        {"      - {id: a, title: A, master: a.wav}\n", both, 1},
        {"      - {id: a, title: A, master: a.wav, heard: [wide]}\n", both, 1},
        {"      - {id: a, title: A, master: a.wav, not_heard: [wide]}\n", both, 2},
        {"      - {id: a, title: A, master: a.wav, heard: [wet], not_heard: [wet]}\n", "", 1},
        {"      - {id: a, title: A, master: a.wav, not_heard: [wet]}\n",
         "- {track: a, rule: wet, answer: no}\n- {track: a, rule: wet, answer: on_purpose}\n", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char dir[] = P_tmpdir "/hs_answer-XXXXXX", path[64], beside[64];
        struct hs_job *loaded = NULL;
        struct hs_buf messages = {0}, job = buf_of(HEAD);
        hs_buf_puts(&job, cases[i].track);
        CHECK(mkdtemp(dir) != NULL);
        snprintf(path, sizeof path, "%s/j.yaml", dir);
        snprintf(beside, sizeof beside, "%s/answers.yaml", dir);
        CHECK(hs_fs_write(path, job.data, job.len, NULL) == HS_OK);
        CHECK(hs_fs_write(beside, cases[i].answers, strlen(cases[i].answers), NULL) == HS_OK);
        CHECK(hs_job_load(path, rules, N_RULES, &loaded, &messages, NULL) == HS_OK);
        CHECK(loaded && loaded->n_contradictions == cases[i].n);
        CHECK(!loaded || !loaded->contradiction == !cases[i].n);
        hs_job_free(loaded);
        hs_buf_free(&job);
        hs_buf_free(&messages);
        unlink(path);
        unlink(beside);
        CHECK(rmdir(dir) == 0);
    }
    struct hs_buf out = {0}, diff = {0};
    struct hs_edit_count count;
    CHECK(edit(HEAD "      - {id: a, title: A, master: a.wav}\n", both, &out, &diff, &count) ==
          HS_OK);
    CHECK(count.contradictions == 1 && count.added == 2);
    CHECK(out.data && strstr(out.data, "not_heard: [bright]"));
    hs_buf_free(&out);
    hs_buf_free(&diff);
}

int main(void)
{
    test_contradictions();
    test_styles();
    test_all_keys();
    test_refusals();
    test_beside();
    return check_done();
}
