/* SPDX-License-Identifier: Apache-2.0 */
/* Bad job files: every error with its place, what was found and what was expected;
 * several in one go; hostile ones refused; any bytes end in an error or a job. */
#include "check.h"
#include "core/num.h"
#include "core/text.h"
#include "job/job.h"

#include <stdlib.h>

#define HEAD "hindsight: 1\n"
#define TRACKS "releases: [{title: R, tracks: [{title: T, master: m.wav}]}]\n"
/* A job with one more line for its only track, line 6, whose keys begin in column 4. */
#define TRACK(line)                                                                                \
    "hindsight: 1\nreleases:\n- title: R\n  tracks:\n  - master: m\n"                              \
    "    title: T\n    " line "\n"

static const struct {
    const char *text, *message; /* one of its lines begins with it */
} cases[] = {
    {"", "j.yaml:1:1: found nothing, expected a job file"},
    {"# only\n", "j.yaml:1:1: found nothing"},
    {"just words", "j.yaml:1:1: found \"just words\", expected the job as a map"},
    {"- a\n", "j.yaml:1:1: found a list, expected the job as a map"},
    {HEAD, "j.yaml:1:1: found the job without releases, expected releases"},
    {"hindsight: 2\n" TRACKS, "j.yaml:1:12: found \"2\" for hindsight, expected 1"},
    {"hindsight: [1]\n" TRACKS, "j.yaml:1:12: found a list for hindsight"},
    {HEAD "artits: X\n" TRACKS,
     "j.yaml:2:1: found the unknown key \"artits\" in the job, expected \"artist\""},
    {HEAD "zzzzzzzzz: X\n" TRACKS, "j.yaml:2:1: found the unknown key \"zzzzzzzzz\" in "
                                   "the job, expected one of hind"},
    {HEAD "isrc: X\n" TRACKS, "j.yaml:2:1: found \"isrc\" in the job, expected it in a track"},
    {HEAD "artist: A\nartist: B\n" TRACKS,
     "j.yaml:3:1: found the key \"artist\" again (first in line 2), expected it once"},
    {TRACK("mastered_by: [Ann, Bob]"), "j.yaml:7:18: found a list for mastered_by, expected text; "
                                       "of several people or kinds one text: \"Ann & Bob\""},
    {HEAD "artist: {a: b}\n" TRACKS, "j.yaml:2:9: found a map for artist, expected text"},
    {HEAD "artist: \xff\n" TRACKS, "j.yaml:2:9: found bytes that are not UTF-8 in artist"},
    {HEAD "artist: \"a\\0b\"\n" TRACKS, "j.yaml:2:9: found a NUL character"},
    {HEAD "audio: []\n" TRACKS, "j.yaml:2:8: found an empty list for audio, expected a folder"},
    {HEAD "targets: {references: {a: b}}\n" TRACKS,
     "j.yaml:2:24: found the unknown key \"a\" in a pair of channels"},
    {HEAD "targets: {profile: poplar}\n" TRACKS, "j.yaml:2:20: found \"poplar\" for profile"},
    {HEAD "rules: {brihgt: off}\n" TRACKS,
     "j.yaml:2:9: found the unknown rule \"brihgt\", expected \"bright\""},
    {HEAD "rules: {bright: 3}\n" TRACKS, "j.yaml:2:17: found \"3\" in rules, expected off"},
    {HEAD "rules: {bright: {limit: x}}\n" TRACKS,
     "j.yaml:2:25: found \"x\" for limit, expected a number"},
    {HEAD "rules: {bright: {limits: 2}}\n" TRACKS,
     "j.yaml:2:18: found the unknown key \"limits\" in the setting of a rule, expected "
     "\"limit\""},
    {HEAD "rules: [wide]\n" TRACKS, "j.yaml:2:8: found a list for rules, expected a map"},
    {HEAD "budget: 40\n" TRACKS, "j.yaml:2:9: found \"40\", expected budget as a map"},
    {HEAD "budget: {hours: -1}\n" TRACKS, "j.yaml:2:17: found \"-1\" for hours"},
    {HEAD "max_missing: 2\n" TRACKS, "j.yaml:2:14: found \"2\" for max_missing"},
    {HEAD "max_missing: nan\n" TRACKS, "j.yaml:2:14: found \"nan\" for max_missing"},
    {HEAD "defaults: {title: X}\n" TRACKS,
     "j.yaml:2:12: found \"title\" in defaults, expected it in a release"},
    {HEAD "defaults: [a]\n" TRACKS, "j.yaml:2:11: found a list, expected defaults as a map"},
    {HEAD "releases: []\n",
     "j.yaml:2:11: found an empty list for releases, expected a list of releases"},
    {HEAD "releases: {title: R}\n", "j.yaml:2:11: found a map for releases, expected a list"},
    {HEAD "releases:\n", "j.yaml:1:1: found the job without releases"},
    {HEAD "releases: [{title: R}]\n", "j.yaml:2:12: found a release without tracks"},
    {HEAD "releases: [{tracks: []}]\n", "j.yaml:2:12: found a release without title"},
    {HEAD "releases: [R]\n", "j.yaml:2:12: found \"R\", expected a release as a map"},
    {HEAD "releases: [{title: R, tracks: [{master: m}]}]\n",
     "j.yaml:2:32: found a track without title"},
    {HEAD "releases: [{title: R, tracks: [{title: T}]}]\n",
     "j.yaml:2:32: found a track without master, expected master: a file"},
    {HEAD "releases: [{title: R, tracks: [{title: T, master: ~}]}]\n",
     "j.yaml:2:32: found a track without master"},
    {TRACK("mixs: x"), "j.yaml:7:5: found the unknown key \"mixs\" in a track, expected \"mix\""},
    {TRACK("year: 20004"), "j.yaml:7:11: found \"20004\" for year, expected a year such as"},
    {TRACK("year: MMIV"), "j.yaml:7:11: found \"MMIV\" for year"},
    {TRACK("disc: 0"), "j.yaml:7:11: found \"0\" for disc, expected a number from 1"},
    {TRACK("track: 1.5"), "j.yaml:7:12: found \"1.5\" for track"},
    {TRACK("plays: many"), "j.yaml:7:12: found \"many\" for plays"},
    {TRACK("instrumental: maybe"), "j.yaml:7:19: found \"maybe\" for instrumental, expected yes"},
    {TRACK("recall: tape"), "j.yaml:7:13: found \"tape\" for recall, expected session, stems"},
    {TRACK("id: ../../x"), "j.yaml:7:9: found \"../../x\" for id, expected letters"},
    {TRACK("id: .hidden"), "j.yaml:7:9: found \".hidden\" for id"},
    {TRACK("id: \"\\e[31m\""), "j.yaml:7:9: found \"\\x1b[31m\" for id"},
    {TRACK("id: \xc3\xa9"), "j.yaml:7:9: found \"\xc3\xa9\" for id"},
    {TRACK("mix: {left: a}"), "j.yaml:7:10: found a pair of channels without right"},
    {TRACK("mix: {left: a, rihgt: b}"), "j.yaml:7:20: found the unknown key \"rihgt\""},
    {TRACK("mix: [[a]]"), "j.yaml:7:11: found a list for mix, expected a file"},
    {TRACK("stems: [a]"), "j.yaml:7:12: found a list for stems, expected a map such as"},
    {TRACK("stems: {kick: [[a]]}"), "j.yaml:7:20: found a list for stems"},
    {TRACK("update: {mix: a, master: b}"), "j.yaml:7:13: found mix and master in update"},
    {TRACK("update: {mix: a, mxi: b}"),
     "j.yaml:7:22: found the unknown key \"mxi\" in update, expected \"mix\""},
    {TRACK("heard: {note: x}"), "j.yaml:7:12: found a map for heard, expected a list"},
    {TRACK("heard: [{in_mix: yes}]"), "j.yaml:7:13: found a note of heard without note"},
    {TRACK("heard: [{note: x, in_mix: perhaps}]"),
     "j.yaml:7:31: found \"perhaps\" for in_mix, expected yes, no, null"},
    {TRACK("heard: [{note: x, at: [1, 2:99]}]"), "j.yaml:7:31: found \"2:99\" for at"},
    {TRACK("heard: [[x]]"), "j.yaml:7:13: found a list for heard, expected text or {note"},
    {TRACK("accept: {wode: why}"),
     "j.yaml:7:14: found the unknown rule \"wode\", expected \"wide\""},
    {TRACK("accept: wide"), "j.yaml:7:13: found \"wide\" for accept, expected a map"},
    {TRACK("genre: !!python/object:os.system x"), "j.yaml:7:12: found the tag \"tag:yaml.org"},
    {TRACK("genre: *none"), "j.yaml:7:12: found the alias *none without an anchor"},
    {TRACK("genre: &g [*g]"), "j.yaml:7:16: found the alias *g inside its own anchor"},
    {TRACK("<<: 3"), "j.yaml:7:9: found something else behind <<, expected a map"},
    {TRACK("[a]: 3"), "j.yaml:7:5: found a list as a key, expected text"},
    {TRACK("\tgenre: x"), "j.yaml:7:"},
    {"a: [1, 2\nb: }\n", "j.yaml:2:"},
    {"a: b\n---\nc: d\n", "j.yaml:2:1: found a second document, expected one"},
    {"a: \"open\n", "j.yaml:"},
    {"releases: [{title: R, tracks: [{title: a, master: a, id: X}, "
     "{title: b, master: b, id: x}]}]",
     "j.yaml:1:62: found the id \"x\" again (first in the track of line 1)"},
    {"releases: [{title: R, tracks: [{title: a, master: a, id: x},\n"
     "{title: b, master: b, id: x},\n{title: c, master: c, id: x}]}]",
     "j.yaml:3:1: found the id \"x\" again (first in the track of line 1)"},
};

static bool has_line(const char *messages, const char *start)
{
    for (const char *p = messages; p; p = strchr(p, '\n')) {
        p += *p == '\n';
        if (hs_text_starts(p, start))
            return true;
        if (!*p)
            break;
    }
    return false;
}

static const char *const rules[] = {"bright", "kick_low", "wet", "wide"};

/* Returns the number of message lines, -1 where a job came out. */
static int load(const void *data, size_t n, struct hs_buf *messages)
{
    struct hs_job *job = NULL;
    struct hs_error err = {0};
    enum hs_status status = hs_job_parse("j.yaml", data, n, rules, 4, &job, messages, &err);
    int lines = 0;
    for (size_t i = 0; i < messages->len; i++)
        lines += messages->data[i] == '\n';
    CHECK((status == HS_OK) == (job != NULL) && (status == HS_OK) == !lines);
    CHECK(job || (status == HS_E_USAGE && err.msg[0]));
    hs_job_free(job);
    return job ? -1 : lines;
}

static void test_cases(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct hs_buf messages = {0};
        load(cases[i].text, strlen(cases[i].text), &messages);
        const char *got = messages.data ? messages.data : "";
        if (!CHECK(has_line(got, cases[i].message)))
            fprintf(stderr, "expected: %s\ngot: %s", cases[i].message, got);
        hs_buf_free(&messages);
    }
}

static void test_several(void)
{
    static const char text[] = "hindsight: 1\nartits: X\nmax_missing: x\nreleases:\n"
                               "- titel: R\n  tracks:\n  - {title: T, year: x}\n";
    struct hs_buf m = {0};
    CHECK(load(text, strlen(text), &m) == 6);
    static const char *const places[] = {
        "j.yaml:2:1:", "j.yaml:3:14:", "j.yaml:5:3:", "j.yaml:5:3:", "j.yaml:7:5:", "j.yaml:7:22:"};
    const char *p = m.data;
    for (size_t i = 0; i < 6; i++, p = strchr(p, '\n') + 1)
        CHECK(hs_text_starts(p, places[i]));
    hs_buf_free(&m);
}

static void test_bombs(void)
{
    struct hs_buf text = {0}, m = {0};
    hs_buf_puts(&text, "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
        hs_buf_printf(&text, "a%d: &a%d [", i, i);
        for (int j = 0; j < 10; j++)
            hs_buf_printf(&text, "%s*a%d", j ? "," : "", i - 1);
        hs_buf_puts(&text, "]\n");
    }
    CHECK(load(text.data, text.len, &m) >= 1);
    CHECK(m.data && strstr(m.data, "found aliases that unfold"));
    hs_buf_clear(&text);
    hs_buf_clear(&m);
    for (int i = 0; i < 100000; i++)
        hs_buf_putc(&text, '[');
    CHECK(load(text.data, text.len, &m) >= 1);
    CHECK(m.data && strstr(m.data, "nested too deeply"));
    hs_buf_clear(&text);
    hs_buf_clear(&m);
    for (int i = 0; i < 50000; i++)
        hs_buf_printf(&text, "k%d: v\n", i);
    CHECK(load(text.data, text.len, &m) == 201);
    CHECK(m.data && strstr(m.data, "too many errors"));
    hs_buf_free(&text);
    hs_buf_free(&m);
}

/* The same anchor in many tracks is what anchors are for. */
static void test_fair_aliases(void)
{
    struct hs_buf text = {0}, m = {0};
    hs_buf_puts(&text, "releases:\n- title: R\n  tracks:\n"
                       "  - {title: 0, master: m, accept: &a {wide: x, wet: y}}\n");
    for (int i = 1; i < 20000; i++)
        hs_buf_printf(&text, "  - {title: %d, master: m, accept: *a}\n", i);
    if (!CHECK(load(text.data, text.len, &m) == -1))
        fprintf(stderr, "%.300s\n", m.data);
    hs_buf_free(&text);
    hs_buf_free(&m);
}

/* Any bytes: mutations of a good file never crash and end in a job or in errors. */
static void test_mutations(void)
{
    static const char seed[] =
        "hindsight: 1\nartist: \xc3\xa9\ntargets: {references: [r/x.flac]}\n"
        "defaults: &d {genre: rock}\nrules: {wide: off}\nreleases:\n- title: R\n"
        "  <<: *d\n  tracks:\n  - {title: T, master: m, mix: [a, {left: l, right: "
        "r}],\n"
        "     heard: [x, {note: y, at: [1, 2]}], update: {mix: f}, accept: {wet: z}}\n";
    struct hs_rng rng = {1};
    int errors = 0;
    for (int round = 0; round < 3000; round++) {
        char text[sizeof seed];
        struct hs_buf m = {0};
        memcpy(text, seed, sizeof seed);
        size_t n = sizeof seed - 1, changes = 1 + hs_rng_below(&rng, 6);
        for (size_t i = 0; i < changes; i++)
            text[hs_rng_below(&rng, n)] = hs_rng_below(&rng, 3)
                                              ? "{}[]:,*&!|>'\"#%@`-?\n \t<"[hs_rng_below(&rng, 23)]
                                              : (char)hs_rng_next(&rng);
        n -= hs_rng_below(&rng, 10) ? 0 : hs_rng_below(&rng, n);
        errors += load(text, n, &m) > 0;
        hs_buf_free(&m);
    }
    CHECK(errors > 1000);
}

static void test_unreadable(void)
{
    struct hs_job *job = NULL;
    struct hs_buf m = {0};
    struct hs_error err = {0};
    CHECK(hs_job_load("/nowhere/at/all.yaml", NULL, 0, &job, &m, &err) == HS_E_USAGE);
    CHECK(!job && m.data && strstr(m.data, "/nowhere/at/all.yaml"));
    CHECK(hs_job_load("/", NULL, 0, &job, &m, &(struct hs_error){0}) == HS_E_USAGE);
    hs_buf_free(&m);
}

int main(void)
{
    test_cases();
    test_several();
    test_bombs();
    test_fair_aliases();
    test_mutations();
    test_unreadable();
    return check_done();
}
