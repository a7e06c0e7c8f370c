/* SPDX-License-Identifier: Apache-2.0 */
/* Adding to an edited job file: what stood there stays, what is new is where it
 * belongs. */
#include "check.h"
#include "job/job.h"
#include "job/merge.h"
#include "job/yaml_text.h"

#include <stdlib.h>

static struct hs_addition release = {.kind = HS_ADD_RELEASE,
                                     .block = "- title: New\n  tracks:\n    - title: N\n"
                                              "      master: n.wav\n",
                                     .flow = "{title: New, tracks: [{title: N, master: n.wav}]}"};
static struct hs_addition track = {.kind = HS_ADD_TRACK,
                                   .block = "- title: N\n  # pairing: 1\n  master: n.wav\n",
                                   .flow = "{title: N, master: n.wav}"};
static struct hs_addition mix = {.kind = HS_ADD_MIX, .block = "mix: x.wav\n", .flow = "mix: x.wav"};

static const struct {
    const char *text;
    struct hs_addition *add;
    const char *expected; /* NULL: no place for it */
} cases[] = {
    {"releases:\n- title: R\n  tracks:\n  - title: T\n    master: m\n# end\n", &track,
     "releases:\n- title: R\n  tracks:\n  - title: T\n    master: m\n  - title: N\n"
     "    # pairing: 1\n    master: n.wav\n# end\n"},
    {"releases:\n  - title: R\n    tracks:\n      - {title: T, master: m}   # mine", &track,
     "releases:\n  - title: R\n    tracks:\n      - {title: T, master: m}   # mine\n"
     "      - title: N\n        # pairing: 1\n        master: n.wav\n"},
    {"releases:\n- title: R\n  tracks: [{title: \"\xc3\xa9\", master: m} ]  # x\n", &track,
     "releases:\n- title: R\n  tracks: [{title: \"\xc3\xa9\", master: m} , {title: N, "
     "master: "
     "n.wav}]  # x\n"},
    {"releases:\n- title: R\n  tracks:\n  - title: T\n    master: m\n    heard: [a,\n  "
     "    b]\n"
     "artist: A\n",
     &track,
     "releases:\n- title: R\n  tracks:\n  - title: T\n    master: m\n    heard: [a,\n  "
     "    b]\n"
     "  - title: N\n    # pairing: 1\n    master: n.wav\nartist: A\n"},
    {"releases:\n- title: R\n  tracks:\n  - &t {title: T, master: m}\n  - title: U\n   "
     " <<: *t\n",
     &track,
     "releases:\n- title: R\n  tracks:\n  - &t {title: T, master: m}\n  - title: U\n   "
     " <<: *t\n"
     "  - title: N\n    # pairing: 1\n    master: n.wav\n"},
    {"releases:\n- title: R\n  tracks:\n  - title: T\n    master: m\n    accept: {}\n", &release,
     "releases:\n- title: R\n  tracks:\n  - title: T\n    master: m\n    accept: {}\n"
     "- title: New\n  tracks:\n    - title: N\n      master: n.wav\n"},
    {"releases: [{title: R, tracks: [{title: T, master: m}]}]\n", &release,
     "releases: [{title: R, tracks: [{title: T, master: m}]}, {title: New, tracks: "
     "[{title: N, "
     "master: n.wav}]}]\n"},
    {"releases:\n- title: R\n  tracks:\n  - title: T\n    master: |-\n      m\n    "
     "genre: x\n",
     &mix,
     "releases:\n- title: R\n  tracks:\n  - title: T\n    master: |-\n      m\n    "
     "mix: x.wav\n"
     "    genre: x\n"},
    {"releases:\n- title: R\n  tracks:\n  - title: T\n    master: m # why\n", &mix,
     "releases:\n- title: R\n  tracks:\n  - title: T\n    master: m # why\n    mix: "
     "x.wav\n"},
    {"releases:\n- title: R\n  tracks:\n  - {master: {left: a, right: b}, title: T}\n", &mix,
     "releases:\n- title: R\n  tracks:\n  - {master: {left: a, right: b}, mix: x.wav, "
     "title: "
     "T}\n"},
    {"releases:\n- title: R\n  tracks:\n  - {master: \"caf\xe9\", title: T}\n", &mix,
     "releases:\n- title: R\n  tracks:\n  - {master: \"caf\xe9\", mix: x.wav, title: "
     "T}\n"},
    {"defaults: &d {genre: x}\nreleases:\n- title: R\n  tracks: &t\n  - {title: T, "
     "master: m}\n"
     "- {title: S, tracks: *t}\n",
     &track,
     "defaults: &d {genre: x}\nreleases:\n- title: R\n  tracks: &t\n  - {title: T, "
     "master: m}\n"
     "  - title: N\n    # pairing: 1\n    master: n.wav\n- {title: S, tracks: *t}\n"},
};

static struct hs_job *parse(const char *text, size_t n)
{
    struct hs_job *job = NULL;
    struct hs_buf m = {0};
    hs_job_parse("j.yaml", text, n, NULL, 0, &job, &m, &(struct hs_error){0});
    if (!job)
        fprintf(stderr, "%s%s\n", m.data, text);
    hs_buf_free(&m);
    return job;
}

static void test_cases(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct hs_buf out = {0};
        struct hs_error err = {0};
        struct hs_job *before = parse(cases[i].text, strlen(cases[i].text));
        CHECK(hs_job_merge("j.yaml", cases[i].text, strlen(cases[i].text), cases[i].add, 1, &out,
                           &err) == HS_OK);
        CHECK(cases[i].add->placed);
        CHECK_TEXT(out.data, cases[i].expected);
        struct hs_job *after = parse(out.data, out.len);
        if (CHECK(before && after) && cases[i].add->kind != HS_ADD_MIX)
            CHECK(after->n_tracks > before->n_tracks);
        else if (after)
            CHECK(after->tracks[0].n_mixes == 1);
        hs_job_free(before);
        hs_job_free(after);
        hs_buf_free(&out);
    }
}

static void test_no_place(void)
{
    static const char text[] = "releases:\n- title: R\n  tracks:\n  - &t {title: T, master: m}\n"
                               "  - *t\n  - {<<: *t, title: U}\n";
    struct hs_buf out = {0};
    struct hs_error err = {0};
    struct hs_addition adds[] = {mix, mix, mix, track, track};
    adds[1].track = 1;
    adds[2].track = 2;
    adds[4].release = 7;
    CHECK(hs_job_merge("j.yaml", text, strlen(text), adds, 5, &out, &err) == HS_OK);
    CHECK(adds[0].placed && !adds[2].placed && adds[3].placed && !adds[4].placed);
    struct hs_job *job = parse(out.data, out.len);
    CHECK(job && job->n_tracks == 4);
    hs_job_free(job);
    hs_buf_clear(&out);
    CHECK(hs_job_merge("j.yaml", "\xff\xfe\x00", 3, adds, 1, &out, &err) == HS_E_USAGE);
    hs_buf_free(&out);
}

static void test_text(void)
{
    static const struct {
        const char *text, *block, *flow;
    } texts[] = {
        {"Song", "Song", "Song"},
        {"masters/01 Song.flac", "masters/01 Song.flac", "masters/01 Song.flac"},
        {"1999", "\"1999\"", "\"1999\""},
        {"NO", "\"NO\"", "\"NO\""},
        {"12:30", "\"12:30\"", "\"12:30\""},
        {"a: b", "\"a: b\"", "\"a: b\""},
        {"a #b", "\"a #b\"", "\"a #b\""},
        {"a, b", "a, b", "\"a, b\""},
        {"[x]", "\"[x]\"", "\"[x]\""},
        {"- x", "\"- x\"", "\"- x\""},
        {"", "\"\"", "\"\""},
        {"q\"\\", "q\"\\", "q\"\\"},
        {"a\nb\x1b", "\"a\\x0ab\\x1b\"", "\"a\\x0ab\\x1b\""},
        {"\xc3\xa9t\xc3\xa9", "\xc3\xa9t\xc3\xa9", "\xc3\xa9t\xc3\xa9"},
        {"\xe2\x80\xae"
         "x",
         "\"\\u202ex\"", "\"\\u202ex\""},
        {"\xff", "\"\xef\xbf\xbd\"", "\"\xef\xbf\xbd\""},
        {" x", "\" x\"", "\" x\""},
        {"x ", "\"x \"", "\"x \""},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct hs_buf block = {0}, flow = {0}, job = {0};
        hs_yaml_put_text(&block, texts[i].text, false);
        hs_yaml_put_text(&flow, texts[i].text, true);
        CHECK_TEXT(block.data, texts[i].block);
        CHECK_TEXT(flow.data, texts[i].flow);
        hs_buf_printf(&job,
                      "artist: %s\nreleases: [{title: %s, tracks: [{title: x, master: "
                      "m}]}]\n",
                      block.data, *texts[i].text ? flow.data : "R");
        struct hs_job *back = parse(job.data, job.len);
        const char *expected = texts[i].text[0] == '\xff' ? "\xef\xbf\xbd" : texts[i].text;
        if (CHECK(back != NULL)) {
            CHECK_TEXT(back->artist, expected);
            CHECK_TEXT(back->releases[0].title, *expected ? expected : "R");
        }
        hs_job_free(back);
        hs_buf_free(&block);
        hs_buf_free(&flow);
        hs_buf_free(&job);
    }
}

int main(void)
{
    test_cases();
    test_no_place();
    test_text();
    return check_done();
}
