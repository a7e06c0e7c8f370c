/* SPDX-License-Identifier: Apache-2.0 */
/* Writes the report of a made-up catalogue and reads it back: well-formed, escaped,
 * complete, the same bytes twice. With arguments RELEASES TRACKS DIR [clips] it writes
 * that report and ends (for the tests in the browser and by hand). */
#include "check.h"
#include "core/alloc.h"
#include "core/fs.h"
#include "fixture_audit.h"
#include "fixture_dir.h"
#include "fixture_places.h"
#include "media/clip.h"
#include "media/library.h"
#include "report/clips_plan.h"
#include "report/csv.h"
#include "report/html.h"
#include "report/report.h"
#include "report/updates.h"
#include "run/clip_render.h"

#include <stdlib.h>
#include <unistd.h>

static enum hs_status write_report(struct fixture *f, const char *dir, const struct hs_clips *clips,
                                   struct hs_error *err)
{
    struct hs_report_options o = {
        .dir = dir,
        .clips_dir = "clips",
        .clips = clips,
        .digest_text = "hindsight: X\n12 tracks, 2 findings stand.\nIn the music: 1 finding\n"
                       "  + <Album 1> / T: too bright, new (moderate)\n",
        .single_file = clips && clips->n,
        .zip = clips && clips->n};
    enum hs_status s = hs_fs_mkdirs(dir, err);
    return s ? s : hs_report_write(&f->audit, &o, err);
}

/* What was asked of two songs, and what was done. */
static struct hs_verification *make_updates(struct fixture *f)
{
    static const struct hs_planned plan[] = {{.rule = "bright", .where = HS_PLACE_MASTER}};
    static struct hs_verified done[] = {{.rule = "bright",
                                         .unit = "dB",
                                         .move = "high shelf",
                                         .before = 5.2,
                                         .planned = 2.1,
                                         .planned_most = 0.4,
                                         .measured = 1.6,
                                         .tolerance = 0.4,
                                         .outcome = HS_DONE},
                                        {.rule = "wide",
                                         .unit = "dB",
                                         .before = 1.2,
                                         .planned = -1,
                                         .planned_most = NAN,
                                         .measured = 1.1,
                                         .tolerance = 0.3,
                                         .outcome = HS_NOT_DONE}};
    static struct hs_side_effect effects[] = {
        {.what = "tone", .unit = "dB", .change = 4.6, .words = "up to +4.6 dB <here>"},
        {.what = "level",
         .unit = "LU",
         .words = "-9.0 LUFS before, -11.0 LUFS now",
         .remark = true}};
    struct hs_verification *v = HS_ARENA_ARRAY(&f->audit.arena, struct hs_verification, 2);
    for (size_t i = 0; i < 2; i++)
        v[i] = (struct hs_verification){.track = &f->audit.tracks[i],
                                        .kind = i ? HS_UPDATE_MIX : HS_UPDATE_MASTER};
    f->audit.tracks[1].update_verified = true;
    v[0].plan = plan;
    v[0].n_plan = 1;
    v[0].corrections = done;
    v[0].n_corrections = 2;
    v[0].side_effects = effects;
    v[0].n_side_effects = 2;
    v[1].why = "the new file is another recording & <longer>";
    return v;
}

/* The page of verified updates, and a clip of the first correction, made of `wav`. */
static enum hs_status write_updates(struct fixture *f, const char *dir, const char *wav,
                                    struct hs_error *err)
{
    struct hs_arena *a = &f->audit.arena;
    struct hs_clip clip = {.track = 0,
                           .finding = 0,
                           .rule = "bright",
                           .side = HS_CLIP_UPDATE,
                           .master = {1, 11},
                           .label = {"before", "after", "before, with the planned correction"},
                           .name = "update-bright"};
    struct hs_clips clips = {.items = &clip, .n = 1, .extension = "webm"};
    struct hs_clip_order o = {.path = hs_path_join(a, dir, "verify/update-bright"),
                              .name = clip.name,
                              .format = hs_clip_format_find("opus"),
                              .side = HS_CLIP_UPDATE,
                              .n_sides = 3,
                              .master = {.path = wav, .shown = wav, .exists = true},
                              .mix = {.path = wav, .shown = wav, .exists = true},
                              .from_s = 1,
                              .len_s = 10,
                              .mix_from_s = 1,
                              .ratio = 1,
                              .sign = {1, 1},
                              .correction.shape = HS_SHAPE_HIGH_SHELF,
                              .correction.channel = HS_CHANNEL_BOTH,
                              .correction.hz = 2000,
                              .correction.db = -6,
                              .correction.q = 0.7};
    enum hs_status s = hs_fs_mkdirs(hs_path_join(a, dir, "verify"), err);
    s = s || !wav ? s : hs_clip_render(&o, NULL, &clip.bytes, err);
    clip.made = wav && !s;
    return s ? s : hs_report_updates(&f->audit, make_updates(f), 2, &clips, dir, err);
}

/* Twelve seconds of two tones, and clips made of them: the first few of the plan. */
static enum hs_status make_clips(struct fixture *f, const char *dir, const char *wav,
                                 struct hs_clips *clips, struct hs_error *err)
{
    enum { RATE = 44100, N = 12 * RATE, MADE = 3 };
    struct hs_arena *a = &f->audit.arena;
    float *x = hs_calloc(N, sizeof *x);
    for (size_t i = 0; i < N; i++)
        x[i] = 0.2f * sinf(0.05f * (float)i) + 0.1f * sinf(0.9f * (float)i);
    enum hs_status s = hs_fs_mkdirs(hs_path_join(a, dir, "clips"), err);
    s = s ? s : hs_clip_write(wav, "opus", (const float *const[]){x}, 1, N, RATE, err);
    hs_free(x);
    hs_clips_plan(&f->audit, a, clips);
    for (size_t i = 0; i < clips->n && i < MADE && !s; i++) {
        struct hs_clip *c = &clips->items[i];
        struct hs_clip_order o = {.path = hs_arena_printf(a, "%s/clips/%s", dir, c->name),
                                  .name = c->name,
                                  .format = hs_clip_format_find("opus"),
                                  .side = HS_CLIP_CORRECTED,
                                  .n_sides = hs_clip_n_sides(c),
                                  .master = {.path = wav, .shown = wav, .exists = true},
                                  .from_s = 1,
                                  .len_s = 10,
                                  .ratio = 1,
                                  .sign = {1, 1},
                                  .correction.shape = HS_SHAPE_HIGH_SHELF,
                                  .correction.channel = HS_CHANNEL_BOTH,
                                  .correction.hz = 2000,
                                  .correction.db = -6,
                                  .correction.q = 0.7};
        s = hs_clip_render(&o, NULL, &c->bytes, err);
        c->made = s == HS_OK;
    }
    return s;
}

static int write_only(int argc, char **argv)
{
    struct hs_error err = {0};
    struct fixture *f = fixture_make(strtoul(argv[1], NULL, 10), strtoul(argv[2], NULL, 10));
    struct hs_clips clips = {0};
    enum hs_status s = HS_OK;
    const char *wav = hs_path_join(&f->audit.arena, argv[3], "tones.webm");
    fixture_add_places(f);
    if (argc == 5)
        s = make_clips(f, argv[3], wav, &clips, &err);
    s = s ? s : write_report(f, argv[3], &clips, &err);
    if (argc == 5) {
        s = s ? s : write_updates(f, argv[3], wav, &err);
        unlink(wav);
    }
    if (s)
        fprintf(stderr, "%s\n", err.msg);
    fixture_free(f);
    return s != HS_OK;
}

static void read_page(const char *dir, const char *name, struct hs_buf *out)
{
    struct hs_arena a = {0};
    hs_buf_clear(out);
    CHECK(hs_fs_read(hs_path_join(&a, dir, name), 64 << 20, out, NULL) == HS_OK);
    hs_arena_free(&a);
}

/* Two reports of equal audits are equal, and name what they must. */
static void test_same_bytes(void)
{
    static const char *const pages[] = {"index.html",
                                        "audit.json",
                                        "shortlist.html",
                                        "faults.html",
                                        "lessons.html",
                                        "releases.html",
                                        "measures.html",
                                        "rules/bright.html",
                                        "tracks/r1-track-04.html",
                                        "pairs/r1-track-01.html"};
    char dirs[2][64] = {P_tmpdir "/hs_report-a-XXXXXX", P_tmpdir "/hs_report-b-XXXXXX"};
    struct hs_buf text[2] = {{0}, {0}};
    for (int i = 0; i < 2; i++) {
        struct fixture *f = fixture_make(3, 4);
        struct hs_error err = {0};
        CHECK(mkdtemp(dirs[i]) != NULL);
        CHECK(write_report(f, dirs[i], NULL, &err) == HS_OK);
        fixture_free(f);
    }
    for (size_t k = 0; k < sizeof pages / sizeof *pages; k++) {
        for (int i = 0; i < 2; i++)
            read_page(dirs[i], pages[k], &text[i]);
        CHECK(text[0].len > 500);
        CHECK(text[0].len == text[1].len && !memcmp(text[0].data, text[1].data, text[0].len));
        CHECK(strstr(text[0].data, "<script>alert") == NULL);
    }
    for (int i = 0; i < 2; i++) {
        CHECK(remove_tree(dirs[i]));
        hs_buf_free(&text[i]);
    }
}

/* A lesson asks before it answers: the passages name no verdict, and the answers are in
 * an element that is closed until it is opened. */
static void test_exercise(void)
{
    char dir[] = P_tmpdir "/hs_report-lessons-XXXXXX";
    struct fixture *f = fixture_make(3, 4);
    struct hs_buf page = {0};
    struct hs_error err = {0};
    CHECK(mkdtemp(dir) != NULL);
    CHECK(write_report(f, dir, NULL, &err) == HS_OK);
    read_page(dir, "lessons.html", &page);
    const char *task = strstr(page.data, "class=\"fold passages\"");
    const char *end = task ? strstr(task, "</table>") : NULL;
    const char *answers = end ? strstr(end, "<details class=\"ticks\">") : NULL;
    if (CHECK(answers != NULL)) {
        const char *verdict = strstr(task, "class=\"sev"), *best = strstr(task, "among the best");
        CHECK(verdict && verdict > answers);
        CHECK(best && best > answers);
        int passages = 0;
        for (const char *s = task; (s = strstr(s, "<th scope=\"row\">")) && s < end; s++)
            passages++;
        CHECK(passages > 3 && passages <= 2 * HS_EXAMPLES);
    }
    CHECK(strstr(page.data, "was it in the mix?") != NULL);
    /* what nobody can answer is not asked */
    for (size_t i = 0; i < f->audit.job->n_tracks; i++)
        for (size_t k = 0; k < f->audit.tracks[i].n_findings; k++)
            f->audit.tracks[i].findings[k].origin = HS_ORIGIN_CANNOT_SAY;
    CHECK(write_report(f, dir, NULL, &err) == HS_OK);
    hs_buf_free(&page);
    read_page(dir, "lessons.html", &page);
    CHECK(strstr(page.data, "fold passages") && !strstr(page.data, "was it in the mix?"));
    fixture_free(f);
    hs_buf_free(&page);
    CHECK(remove_tree(dir));
}

/* What began with a release and does not recur stands on the first screen, and its own page shows
 * the notes that tell of it. */
static void test_changed(void)
{
    char dir[] = P_tmpdir "/hs_report-changed-XXXXXX", file[64];
    struct fixture *f = fixture_make(3, 4);
    struct hs_buf page = {0};
    const char *rule = f->audit.recurring[f->audit.n_recurring - 1].rule;
    CHECK(mkdtemp(dir) != NULL);
    CHECK(write_report(f, dir, NULL, NULL) == HS_OK);
    read_page(dir, "index.html", &page);
    const char *changed = strstr(page.data, "id=\"changed\"");
    CHECK(changed && strstr(changed, rule) && strstr(changed, " since "));
    CHECK(strstr(page.data, "What changed: ") != NULL &&
          strstr(page.data, "What changed: ") < changed);
    CHECK(changed && strstr(changed, ": 8 of 9 tracks from there on, 1 of 10 before"));
    snprintf(file, sizeof file, "rules/%s.html", rule);
    read_page(dir, file, &page);
    CHECK(strstr(page.data, "It began with ") != NULL);
    CHECK(strstr(page.data, "by the change from one release on") != NULL);
    CHECK(strstr(page.data, "the value moves") == NULL);
    fixture_free(f);
    hs_buf_free(&page);
    CHECK(remove_tree(dir));
}

/* The page of a pair says what mastering was given, what it changed and what came of it. */
static void test_talk(void)
{
    static const char *const parts[] = {"A letter to the mastering engineer", "id=\"origins\"",
                                        "id=\"ticks\"", "Side by side"};
    char dir[] = P_tmpdir "/hs_report-talk-XXXXXX";
    struct fixture *f = fixture_make(3, 4);
    struct hs_buf page = {0};
    struct hs_error err = {0};
    CHECK(mkdtemp(dir) != NULL);
    CHECK(write_report(f, dir, NULL, &err) == HS_OK);
    read_page(dir, "pairs/r1-track-01.html", &page);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!CHECK(strstr(page.data, parts[i]) != NULL))
            fprintf(stderr, "no %s\n", parts[i]);
    fixture_free(f);
    hs_buf_free(&page);
    CHECK(remove_tree(dir));
}

/* A factor beside which a fault is more or less frequent says which, by its own figures. */
static void test_with_whom(void)
{
    static const char *const words[] = {"here less than elsewhere", "here more than elsewhere"};
    char dir[] = P_tmpdir "/hs_report-whom-XXXXXX";
    struct fixture *f = fixture_make(3, 4);
    struct hs_buf page = {0};
    struct hs_error err = {0};
    CHECK(mkdtemp(dir) != NULL);
    struct hs_recurrence *bright = NULL;
    for (size_t i = 0; i < f->audit.n_recurring; i++)
        if (!strcmp(f->audit.recurring[i].rule, "bright"))
            bright = &f->audit.recurring[i];
    if (CHECK(bright && bright->n_associations == 1)) {
        struct hs_association *a = bright->associations;
        a->aliased_with = NULL;
        for (int more = 0; more < 2; more++) {
            a->more = more;
            CHECK(write_report(f, dir, NULL, &err) == HS_OK);
            read_page(dir, "rules/bright.html", &page);
            CHECK(strstr(page.data, words[more]) != NULL);
            CHECK(strstr(page.data, words[!more]) == NULL);
        }
    }
    fixture_free(f);
    hs_buf_free(&page);
    CHECK(remove_tree(dir));
}

/* A move is called what it is while the master itself is in range; the table of moves holds it
 * against what is usual, says where it took the master, and leads to it. */
static void test_moves(void)
{
    static const char *const parts[] = {
        "More than usual: the treble, away from the middle of what is expected."
        " Less than usual: what was taken off the peaks.",
        "Brightened by mastering",
        "\xc2\xb1"
        "2.5\xe2\x80\xaf"
        "dB</td>",
        "away from the middle, in range",
        "The move: mastering moved it by +5.9\xe2\x80\xaf"
        "dB; up to 2.5\xe2\x80\xaf"
        "dB is usual.",
    };
    static const struct hs_moved moved = {
        .change = 5.9, .usual = {-2.5, 2.5}, .sign = 1, .steps = 5.9, .z = 3.9};
    static const struct hs_judged_rule of = {.rule = "bright",
                                             .unit = "dB",
                                             .jnd = 1,
                                             .side = 1,
                                             .part = HS_PART_TREBLE,
                                             .usual_move = {-2.5, 2.5},
                                             .move_target = "mastering moves (built-in)"};
    /* others take something off the peaks, this master nothing */
    static const struct hs_judged_rule limited = {.rule = "over_limited",
                                                  .unit = "dB",
                                                  .jnd = 1,
                                                  .side = -1,
                                                  .part = HS_PART_PEAKS,
                                                  .usual_move = {1, 5},
                                                  .move_target = "mastering moves (built-in)"};
    char dir[] = P_tmpdir "/hs_report-moves-XXXXXX";
    struct fixture *f = fixture_make(2, 4);
    struct hs_track_result *t = &f->audit.tracks[0];
    struct hs_buf page = {0};
    double eq[HS_BANDS] = {0};
    for (size_t b = 25; b < HS_BANDS; b++)
        eq[b] = 5.9;
    hs_values_array(&t->pair.values, "eq_db", eq, HS_BANDS);
    t->judgements[0] = (struct hs_judgement){
        .of = &of, .value = 5, .mix_value = -0.9F, .centre = 0, .reach = 6, .steps = 5, .z = 1.3F};
    t->judgements[1] = (struct hs_judgement){.of = &limited, .value = 12, .mix_value = 12};
    hs_values_number(&t->pair.values, "gain_reduction_db.p95", 0);
    t->findings[0] = (struct hs_finding){.rule = "bright",
                                         .tier = HS_MEASURED,
                                         .severity = HS_SEVERE,
                                         .origin = HS_ORIGIN_MASTERING,
                                         .value = 5,
                                         .unit = "dB",
                                         .expected = {-6, 6},
                                         .jnd = 1,
                                         .mix_value = -0.9,
                                         .change = 5.9,
                                         .moved = &moved};
    t->n_findings = 1;
    t->n_judgements = 2;
    CHECK(mkdtemp(dir) != NULL);
    CHECK(write_report(f, dir, NULL, NULL) == HS_OK);
    read_page(dir, "tracks/r1-track-01.html", &page);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!CHECK(strstr(page.data, parts[i]) != NULL))
            fprintf(stderr, "no %s\n", parts[i]);
    CHECK(strstr(page.data, "Too bright") == NULL);
    CHECK(remove_tree(dir));
    hs_buf_free(&page);
    fixture_free(f);
}

/* Before, planned and after of every correction; what nobody asked for; and why where nothing
 * could be compared. The style lies beside the page, and what is not there is not linked. */
static void test_updates(void)
{
    static const char *const parts[] = {"1 of 2 corrections is done; 1 change was not asked for",
                                        "0.4 to 2.1 dB<span",
                                        "<b class=\"out\">not done</b>",
                                        "Tone: up to +4.6 dB &lt;here&gt;",
                                        "Level: −9.0 LUFS before",
                                        "Not compared: the new file is another recording &amp;",
                                        "href=\"verify/report.css\""};
    char dir[] = P_tmpdir "/hs_report-updates-XXXXXX";
    struct fixture *f = fixture_make(1, 4);
    struct hs_buf page = {0};
    CHECK(mkdtemp(dir) != NULL);
    CHECK(write_updates(f, dir, NULL, NULL) == HS_OK);
    read_page(dir, "verify.html", &page);
    CHECK(strstr(page.data, "1 mix is verified: have it mastered.") != NULL);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!CHECK(strstr(page.data, parts[i]) != NULL))
            fprintf(stderr, "no %s\n", parts[i]);
    CHECK(strstr(page.data, "index.html") == NULL);
    CHECK(strstr(page.data, "<audio") == NULL);
    CHECK(remove_tree(dir));
    hs_buf_free(&page);
    fixture_free(f);
}

/* What depends on the program's version and tables of measures is left out. */
static void cut(struct hs_buf *b, const char *from, const char *to)
{
    char *begin = strstr(b->data, from), *end = begin ? strstr(begin, to) : NULL;
    if (!end)
        return;
    memmove(begin, end, strlen(end) + 1);
    b->len = strlen(b->data);
}

/* Pages as they were looked at and found good. UPDATE_GOLDEN=1 takes the present ones. */
/* Only where the job has a budget does the short list say what fits into it. */
static void test_budget(void)
{
    static const double hours[] = {NAN, 40};
    for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
        char dir[] = P_tmpdir "/hs_report-budget-XXXXXX";
        struct fixture *f = fixture_make(1, 4);
        struct hs_buf page = {0};
        f->job.budget_hours = hours[i];
        CHECK(mkdtemp(dir) != NULL);
        CHECK(write_report(f, dir, NULL, NULL) == HS_OK);
        read_page(dir, "shortlist.html", &page);
        CHECK((strstr(page.data, "in the budget") != NULL) == !isnan(hours[i]));
        CHECK(remove_tree(dir));
        hs_buf_free(&page);
        fixture_free(f);
    }
}

static void test_goldens(void)
{
    static const char *const pages[][2] = {{"index.html", "index.html"},
                                           {"shortlist.html", "shortlist.html"},
                                           {"tracks/r1-track-01.html", "track.html"},
                                           {"tracks/r1-track-04.html", "track-hostile.html"},
                                           {"rules/x_bright.html", "rule.html"}};
    char dir[] = P_tmpdir "/hs_report-golden-XXXXXX";
    struct fixture *f = fixture_make_prefixed(2, 4, "x_");
    struct hs_buf page = {0}, golden = {0};
    struct hs_arena a = {0};
    CHECK(mkdtemp(dir) != NULL);
    CHECK(write_report(f, dir, NULL, NULL) == HS_OK);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        const char *path = hs_path_join(&a, "golden", pages[i][1]);
        read_page(dir, pages[i][0], &page);
        cut(&page, "<summary>Measures</summary>", "</details>");
        cut(&page, "<header", "</header>"); /* the navigation follows from all pages */
        cut(&page, "<footer class=\"foot\">", "</body>");
        if (getenv("UPDATE_GOLDEN"))
            CHECK(hs_fs_write(path, page.data, page.len, NULL) == HS_OK);
        hs_buf_clear(&golden);
        CHECK(hs_fs_read(path, 1 << 24, &golden, NULL) == HS_OK);
        if (!CHECK(golden.len == page.len && !memcmp(golden.data, page.data, page.len)))
            fprintf(stderr, "%s differs from tests/%s; if it is meant: UPDATE_GOLDEN=1\n",
                    pages[i][0], path);
    }
    CHECK(remove_tree(dir));
    hs_buf_free(&page);
    hs_buf_free(&golden);
    hs_arena_free(&a);
    fixture_free(f);
}

/* One row a finding, each with every column that is documented, and no cell a spreadsheet
 * would evaluate. */
static void test_findings_csv(void)
{
    char dir[] = P_tmpdir "/hs_report-csv-XXXXXX";
    struct fixture *f = fixture_make(2, 4);
    struct hs_buf text = {0}, columns = {0};
    struct hs_arena a = {0};
    struct hs_csv_table t;
    size_t n = 0;
    CHECK(mkdtemp(dir) != NULL);
    CHECK(write_report(f, dir, NULL, NULL) == HS_OK);
    read_page(dir, "findings.csv", &text);
    read_page(dir, "findings.md", &columns);
    hs_csv_parse(text.data, text.len, &a, &t);
    for (size_t i = 0; i < f->audit.job->n_tracks; i++)
        n += f->audit.tracks[i].n_findings;
    CHECK(n > 5 && t.n == n + 1);
    for (size_t i = 0; i < t.n; i++)
        CHECK(t.rows[i].n == t.rows[0].n);
    for (size_t c = 0; c < t.rows[0].n; c++)
        CHECK(strstr(columns.data, hs_arena_printf(&a, "| `%s` |", t.rows[0].cells[c])) != NULL);
    CHECK_TEXT(hs_csv_cell(&t, 1, hs_csv_column(&t, "rule")), f->audit.tracks[0].findings[0].rule);
    CHECK(strstr(text.data, ",=HYPERLINK") == NULL);
    CHECK(remove_tree(dir));
    hs_buf_free(&text);
    hs_buf_free(&columns);
    hs_arena_free(&a);
    fixture_free(f);
}

/* Headlines are results, years stand in their order, and what is alike is one sentence. */
static void test_places(void)
{
    char dir[] = P_tmpdir "/hs_report-places-XXXXXX";
    struct fixture *f = fixture_make(3, 5);
    struct hs_buf text = {0};
    fixture_add_places(f);
    CHECK(mkdtemp(dir) != NULL);
    CHECK(write_report(f, dir, NULL, NULL) == HS_OK);
    read_page(dir, "habits.html", &text);
    CHECK(strstr(text.data, "<h1>Mastering raises the treble. D. Master &lt;x&gt; raises the "
                            "treble. The mixing room has less of the treble.</h1>") != NULL);
    CHECK(strstr(text.data,
                 "by 3.4\xe2\x80\xaf"
                 "dB (median, 95\xe2\x80\xaf% +2.9 to +3.9); more than the usual") != NULL);
    const char *old = strstr(text.data, "<th scope=\"row\">2003</th>");
    CHECK(old && strstr(old, "<th scope=\"row\">2007</th>"));
    read_page(dir, "survival.html", &text);
    CHECK(strstr(text.data, "<h1>3 of 14 songs stand out somewhere</h1>") != NULL);
    CHECK(strstr(text.data, "Loudness left: \xe2\x88\x92"
                            "3.0\xe2\x80\xaf"
                            "LU in each of them.") != NULL);
    CHECK(strstr(text.data, "Worst first") != NULL);
    for (size_t i = 0; i < f->audit.job->n_tracks; i++) /* the last one alone */
        f->audit.tracks[i].master.state =
            i + 1 < f->audit.job->n_tracks ? HS_FILE_MISSING : HS_FILE_OK;
    CHECK(write_report(f, dir, NULL, NULL) == HS_OK);
    read_page(dir, "survival.html", &text);
    CHECK(strstr(text.data, "<table") == NULL && strstr(text.data, "Worst first") == NULL);
    read_page(dir, "preview.html", &text);
    CHECK(strstr(text.data, "there was none") != NULL && strstr(text.data, "none of none") == NULL);
    CHECK(remove_tree(dir));
    hs_buf_free(&text);
    fixture_free(f);
}

/* Nothing that came in as text becomes markup, and links are percent-encoded. */
static void test_escapes(void)
{
    struct hs_html h = {.root = "../"};
    hs_html_text(&h, "<a href='x'>&\"\n\xff\x01\xe2\x80\xae");
    CHECK_TEXT(h.out.data, "&lt;a href=&#39;x&#39;&gt;&amp;&quot;\xe2\x86\xb5"
                           "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    hs_buf_clear(&h.out);
    hs_html_attr(&h, "title", "\" onload=\"alert(1)");
    CHECK_TEXT(h.out.data, " title=\"&quot; onload=&quot;alert(1)\"");
    hs_buf_clear(&h.out);
    hs_html_link(&h, "tracks/", "a b\"<caf\xe9>#?%", ".html", "t");
    CHECK_TEXT(h.out.data, "<a href=\"../tracks/a%20b%22%3Ccaf%E9%3E%23%3F%25.html\">t</a>");
    hs_buf_clear(&h.out);
    hs_html_prose(&h, "shelf -2.5 dB (-1 to x-2), 5-6");
    CHECK_TEXT(h.out.data, "shelf \xe2\x88\x92"
                           "2.5 dB (\xe2\x88\x92"
                           "1 to x-2), 5-6");
    hs_buf_clear(&h.out);
    hs_html_textf(&h, "%s", "<script>");
    CHECK_TEXT(h.out.data, "&lt;script&gt;");
    hs_buf_free(&h.out);
}

static const char *number(double x, int digits)
{
    static char text[64];
    struct hs_html h = {.root = ""};
    hs_html_signed(&h, x, digits);
    snprintf(text, sizeof text, "%s", h.out.data);
    hs_buf_free(&h.out);
    return text;
}

static void test_numbers(void)
{
    CHECK_TEXT(number(1.25, 1), "+1.2");
    CHECK_TEXT(number(-1.26, 1), "\xe2\x88\x92"
                                 "1.3");
    CHECK_TEXT(number(-0.01, 1), "0.0");
    CHECK_TEXT(number(0.04, 1), "0.0");
    CHECK_TEXT(number(NAN, 1), "not known");
}

int main(int argc, char **argv)
{
    if (argc >= 4)
        return write_only(argc, argv);
    test_findings_csv();
    test_places();
    test_escapes();
    test_numbers();
    test_same_bytes();
    test_exercise();
    test_changed();
    test_talk();
    test_with_whom();
    test_moves();
    test_updates();
    test_budget();
    test_goldens();
    return check_done();
}
