/* SPDX-License-Identifier: Apache-2.0 */
/* The job file: what a good one gives, inheritance, look-up of files, ids. */
#include "check.h"
#include "core/alloc.h"
#include "core/fs.h"
#include "fixture_dir.h"
#include "job/find.h"
#include "job/glob.h"
#include "job/job.h"
#include "job/slug.h"

#include <stdlib.h>
#include <unistd.h>

static const char *const rules[] = {"bright", "kick_low", "wet", "wide"};

static struct hs_job *parse(const char *path, const char *text, struct hs_buf *messages)
{
    struct hs_job *job = NULL;
    struct hs_error err = {0};
    hs_job_parse(path, text, strlen(text), rules, 4, &job, messages, &err);
    return job;
}

static struct hs_job *good(const char *text)
{
    struct hs_buf messages = {0};
    struct hs_job *job = parse("/nowhere/cat.yaml", text, &messages);
    if (!CHECK(job != NULL))
        fprintf(stderr, "%s", messages.data ? messages.data : "no message\n");
    hs_buf_free(&messages);
    return job;
}

static const char full[] =
    "hindsight: 1\n"
    "artist: The Example Band\n"
    "audio: /archive/example\n"
    "targets:\n"
    "  references: [refs/one.flac]\n"
    "  mix_references: refs/mixes/one.wav\n"
    "  profile: popular\n"
    "defaults: {genre: rock, mixed_by: A. Mixer, mastered_by: B. Master, recall: "
    "session}\n"
    "rules: {wide: off, wet: {limit: 2.5}, bright: on}\n"
    "budget: {hours: 40}\n"
    "notify: mail -s done me\n"
    "max_missing: 20%\n"
    "releases:\n"
    "  - title: First Album\n"
    "    year: 2004\n"
    "    catalogue_number: EX-001\n"
    "    studio: Red Room\n"
    "    tracks:\n"
    "      - title: Song\n"
    "        isrc: au-xx1-04-00001\n"
    "        master: masters/01 Song.flac\n"
    "        mix: mixes/song_mix_v7.wav\n"
    "        stems: {vocal: stems/vox.wav, kick: {left: k.L.wav, right: k.R.wav}}\n"
    "        update: fixes/song_mix_v8.wav\n"
    "        recall: none\n"
    "        plays: 120000\n"
    "        heard: [kick_low, \"vocals too bright\",\n"
    "          {note: harsh, in_master: yes, in_mix: no, at: [63, \"1:11\", "
    "1:02:03.5]},\n"
    "          {note: x, in_mix: not_applicable, at: 5}]\n"
    "        accept: {wide: \"double-tracked on purpose\"}\n"
    "      - title: Two\n"
    "        master: {left: two.L.wav, right: two.R.wav}\n"
    "        mix: [a.wav, {left: b.L.wav, right: b.R.wav}, /abs/c.wav]\n"
    "        update: {mix: new.wav}\n"
    "        mixed_by: Someone Else\n"
    "        mixed: 2003-11-02\n"
    "        instrumental: yes\n"
    "        disc: 2\n"
    "  - title: NO\n"
    "    defaults: {genre: jazz}\n"
    "    tracks:\n"
    "      - {title: 1999, master: m.wav, update: {master: {left: l.wav, right: "
    "r.wav}}}\n"
    "      - {title: 12:30, master: m2.wav, mix: ~}\n"
    "      - {title: Yes, master: m3.wav, id: my.Song_1~x}\n"
    "      - {title: null, master: m4.wav, genre: }\n";

static void test_job_level(const struct hs_job *job)
{
    CHECK_TEXT(job->name, "cat");
    CHECK_TEXT(job->artist, "The Example Band");
    CHECK_TEXT(job->audio_dir, "/archive/example");
    CHECK(job->n_references == 1 && job->n_mix_references == 1);
    CHECK_TEXT(job->references[0].path, "/archive/example/refs/one.flac");
    CHECK(!job->references[0].exists);
    CHECK_TEXT(job->profile, "popular");
    CHECK(job->budget_hours == 40);
    CHECK_TEXT(job->notify, "mail -s done me");
    CHECK_NEAR(job->max_missing, 0.2, 1e-12);
    CHECK(job->n_rules == 3 && job->rules[0].off && isnan(job->rules[0].limit_steps));
    CHECK(job->rules[1].limit_steps == 2.5 && !job->rules[1].off && !job->rules[2].off);
    CHECK(job->n_releases == 2 && job->n_tracks == 6);
    CHECK_TEXT(job->releases[0].catalogue_number, "EX-001");
    CHECK(job->releases[0].year == 2004 && job->releases[0].n_tracks == 2);
    CHECK(job->releases[1].first_track == 2 && job->releases[1].n_tracks == 4);
    CHECK(job->releases[1].catalogue_number == NULL);
}

static void test_first_track(const struct hs_track *t)
{
    CHECK_TEXT(t->id, "first-album-song");
    CHECK_TEXT(t->isrc, "AUXX10400001");
    CHECK_TEXT(t->genre, "rock");
    CHECK_TEXT(t->mixed_by, "A. Mixer");
    CHECK_TEXT(t->studio, "Red Room");
    CHECK(t->year == 2004 && t->recall == HS_RECALL_NONE && t->plays == 120000);
    CHECK_TEXT(t->master.path, "/archive/example/masters/01 Song.flac");
    CHECK_TEXT(t->master.shown, "masters/01 Song.flac");
    CHECK(t->master.line == 21 && t->master.column == 17 && !t->master.right_path);
    CHECK(t->n_mixes == 1 && t->n_stems == 2);
    CHECK_TEXT(t->stems[1].role, "kick");
    CHECK_TEXT(t->stems[1].source.right_path, "/archive/example/k.R.wav");
    CHECK(t->update_kind == HS_UPDATE_UNSAID);
    CHECK(t->n_heard == 4);
    CHECK_TEXT(t->heard[1].note, "vocals too bright");
    CHECK(t->heard[0].in_master == HS_ANSWER_NULL);
    CHECK(t->heard[2].in_master == HS_ANSWER_YES && t->heard[2].in_mix == HS_ANSWER_NO);
    CHECK(t->heard[2].n_at == 3 && t->heard[2].at_s[0] == 63);
    CHECK(t->heard[2].at_s[1] == 71 && t->heard[2].at_s[2] == 3723.5);
    CHECK(t->heard[3].in_mix == HS_ANSWER_NOT_APPLICABLE && t->heard[3].at_s[0] == 5);
    CHECK(t->n_accept == 1);
    CHECK_TEXT(t->accept[0].why, "double-tracked on purpose");
}

static void test_other_tracks(const struct hs_job *job)
{
    const struct hs_track *t = job->tracks + 1;
    CHECK_TEXT(t->id, "first-album-disc2-two");
    CHECK_TEXT(t->master.right_path, "/archive/example/two.R.wav");
    CHECK_TEXT(t->master.shown, "two.L.wav + two.R.wav");
    CHECK(t->n_mixes == 3 && t->update_kind == HS_UPDATE_MIX);
    CHECK_TEXT(t->mixes[2].path, "/abs/c.wav");
    CHECK_TEXT(t->mixed_by, "Someone Else");
    CHECK(t->mixed_year == 2003 && t->instrumental && t->recall == HS_RECALL_SESSION);
    CHECK(isnan(t->plays));
    t++;
    CHECK_TEXT(job->releases[1].title, "NO");
    CHECK_TEXT(t->title, "1999");
    CHECK_TEXT(t->genre, "jazz");
    CHECK_TEXT(t->id, "no-1999");
    CHECK(t->update_kind == HS_UPDATE_MASTER && t->update.right_path != NULL);
    CHECK(t->year == 0 && t->studio == NULL && t->release == 1);
    CHECK_TEXT(t[1].title, "12:30");
    CHECK(t[1].n_mixes == 0);
    CHECK_TEXT(t[2].title, "Yes");
    CHECK_TEXT(t[2].id, "my.Song_1~x");
    CHECK_TEXT(t[3].title, "null");
    CHECK(t[3].genre == NULL);
}

static void test_anchors(void)
{
    struct hs_job *job = good("hindsight: 1\n"
                              "artist: &a NO\n"
                              "releases:\n"
                              "- title: *a\n"
                              "  tracks:\n"
                              "  - &t {title: A, master: a.wav, genre: dub}\n"
                              "  - {<<: *t, title: B}\n"
                              "  - {<<: [{year: 2001}, *t], genre: ska}\n"
                              "  - *t\n"
                              "  - *t\n");
    if (!job)
        return;
    CHECK_TEXT(job->releases[0].title, "NO");
    CHECK(job->n_tracks == 5);
    CHECK_TEXT(job->tracks[1].title, "B");
    CHECK_TEXT(job->tracks[1].genre, "dub");
    CHECK_TEXT(job->tracks[2].genre, "ska");
    CHECK(job->tracks[2].year == 2001);
    CHECK_TEXT(job->tracks[0].id, "no-a");
    CHECK_TEXT(job->tracks[2].id, "no-a-2");
    CHECK_TEXT(job->tracks[4].id, "no-a-4");
    CHECK(job->tracks[0].master.path[0] == '/');
    CHECK_TEXT(job->tracks[0].master.path, "/nowhere/a.wav");
    CHECK_TEXT(job->profile, "popular");
    CHECK(isnan(job->budget_hours) && job->max_missing > 0);
    hs_job_free(job);
}

/* An id that was said is never given to another track, in whatever order they stand. */
static void test_ids_settle(void)
{
    struct hs_job *job = good("releases:\n- title: R\n  tracks:\n"
                              "  - {title: A, master: a}\n"
                              "  - {title: x, id: R-a, master: b}\n"
                              "  - {title: A, master: c}\n"
                              "  - {title: a 2, master: d}\n");
    if (!job)
        return;
    CHECK_TEXT(job->tracks[0].id, "r-a-2");
    CHECK_TEXT(job->tracks[1].id, "R-a");
    CHECK_TEXT(job->tracks[2].id, "r-a-3");
    CHECK_TEXT(job->tracks[3].id, "r-a-2-2");
    hs_job_free(job);
}

static void test_slugs(void)
{
    static const struct {
        const char *release, *title, *id;
        int disc;
    } cases[] = {
        {"First Album", "Song", "first-album-song", 0},
        {"First Album", "Song", "first-album-song", 1},
        {"First Album", "Song", "first-album-disc3-song", 3},
        {"D\xc3\xa9p\xc3\xaa\x63he",
         "Stra\xc3\x9f"
         "e",
         "depeche-strasse", 0},
        {"De\xcc\x81pe\xcc\x82"
         "che",
         "x", "depeche-x", 0},
        {"../../etc", "pass/wd", "etc-pass-wd", 0},
        {"Don't",
         "R\xe2\x80\x99n\xe2\x80\x99"
         "B & C",
         "dont-rnb-c", 0},
        {"A\x1b[31m", "b\nc", "a-31m-b-c", 0},
        {"\xe5\xa4\x9c", "!!!", "u591c-u21u21u21", 0},
        {"bad \xff byte", "x", "bad-byte-x", 0},
        {"", "", "untitled", 0},
    };
    struct hs_arena a = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_TEXT(hs_job_track_id(&a, cases[i].release, cases[i].disc, cases[i].title),
                   cases[i].id);
    char *endless = hs_arena_alloc(&a, 5001);
    memset(endless, 'a', 5000);
    CHECK(strlen(hs_job_track_id(&a, endless, 99, endless)) < 200);
    CHECK_TEXT(hs_job_normal_title(&a, "Caf\xc3\xa9 (Live) #2"), "cafelive2");
    CHECK_TEXT(hs_job_normal_title(&a, "Cafe\xcc\x81 - LIVE 2"), "cafelive2");
    CHECK_TEXT(hs_job_normal_title(&a, "!!!"), "!!!");
    hs_arena_free(&a);
}

static void touch(struct hs_arena *a, const char *dir, const char *name)
{
    struct hs_error err = {0};
    CHECK(hs_fs_write(hs_path_join(a, dir, name), "x", 1, &err) == HS_OK);
}

#define NFC_E "\xc3\xa9"
#define NFD_E "e\xcc\x81"

static void make_files(struct hs_arena *a, const char *dir)
{
    static const char *const names[] = {"m/caf" NFC_E "/" NFD_E "t" NFC_E ".wav",
                                        "m/latin\xe9.wav",
                                        "refs/b.flac",
                                        "refs/a.flac",
                                        "refs/.hidden.flac",
                                        "refs/c.txt",
                                        "refs/deep/er/d.flac",
                                        "refs/n" NFD_E ".ogg",
                                        "[live].flac",
                                        "refs/sub.flac/x.flac"};
    struct hs_error err = {0};
    CHECK(!hs_fs_mkdirs(hs_path_join(a, dir, "m/caf" NFC_E), &err));
    CHECK(!hs_fs_mkdirs(hs_path_join(a, dir, "refs/deep/er"), &err));
    CHECK(!hs_fs_mkdirs(hs_path_join(a, dir, "refs/sub.flac"), &err));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        touch(a, dir, names[i]);
}

static const char spellings[] =
    "audio: .\n"
    "targets:\n"
    "  references: [refs/*.flac, refs/**/d.flac, '[live].flac', 'none*.flac',"
    " refs/n" NFC_E ".*]\n"
    "  mix_references: '**/[a-b].fl?c'\n"
    "releases:\n"
    "- title: R\n"
    "  tracks:\n"
    "  - {title: A, master: m/caf" NFC_E "/" NFD_E "t" NFC_E ".wav}\n"
    "  - {title: B, master: m/caf" NFD_E "/" NFC_E "t" NFC_E ".wav}\n"
    "  - {title: C, master: m/caf" NFD_E "/" NFD_E "t" NFD_E ".wav}\n"
    "  - {title: D, master: m/latin" NFC_E ".wav}\n"
    "  - {title: E, master: m/latin" NFD_E ".wav}\n"
    "  - {title: F, master: m/latin\xe9.wav}\n"
    "  - {title: G, master: m/caf" NFD_E "/nix.wav, mix: {left: '[live].flac', right: no}}\n"
    "  - {title: H, master: './m/../[live].flac'}\n";

static void test_spellings(const struct hs_job *job, const char *dir)
{
    struct hs_arena a = {0};
    for (size_t i = 0; i < 3; i++) {
        CHECK(job->tracks[i].master.exists);
        CHECK_TEXT(job->tracks[i].master.path,
                   hs_path_join(&a, dir, "m/caf" NFC_E "/" NFD_E "t" NFC_E ".wav"));
    }
    for (size_t i = 3; i < 6; i++) {
        CHECK(job->tracks[i].master.exists);
        CHECK_TEXT(hs_path_base(job->tracks[i].master.path), "latin\xe9.wav");
    }
    CHECK(!job->tracks[6].master.exists && !job->tracks[6].mixes[0].exists);
    CHECK(job->tracks[7].master.exists);
    CHECK(job->n_references == 6);
    const char *const found[] = {"a.flac",      "b.flac",     "d.flac",
                                 "[live].flac", "none*.flac", "n" NFD_E ".ogg"};
    for (size_t i = 0; i < 6 && i < job->n_references; i++) {
        CHECK_TEXT(hs_path_base(job->references[i].path), found[i]);
        CHECK(job->references[i].exists == (i != 4));
    }
    CHECK(job->n_mix_references == 2);
    hs_arena_free(&a);
}

static void test_files(void)
{
    char dir[] = "/tmp/hs_job_XXXXXX";
    struct hs_arena a = {0};
    struct hs_buf messages = {0};
    struct hs_error err = {0};
    struct hs_job *job = NULL;
    if (!CHECK(mkdtemp(dir) != NULL))
        return;
    make_files(&a, dir);
    const char *path = hs_path_join(&a, dir, "..job.yml");
    CHECK(!hs_fs_write(path, spellings, strlen(spellings), &err));
    hs_job_load(path, NULL, 0, &job, &messages, &err);
    if (CHECK(job != NULL)) {
        CHECK_TEXT(job->name, "..job");
        test_spellings(job, dir);
    } else {
        fprintf(stderr, "%s", messages.data);
    }
    hs_job_free(job);
    hs_buf_free(&messages);
    CHECK(remove_tree(dir));
    hs_arena_free(&a);
}

static void test_match(void)
{
    static const struct {
        const char *pattern, *name;
        bool matches;
    } cases[] = {
        {"*.flac", "a.flac", true},
        {"*.flac", ".flac", false},
        {"*.flac", "a.flac.txt", false},
        {"a*b*c", "aXbXbc", true},
        {"a?c",
         "a\xc3\xa9"
         "c",
         true},
        {"a?c", "ac", false},
        {"[a-c]x", "bx", true},
        {"[!a-c]x", "bx", false},
        {"[^a-c]x", "dx", true},
        {"[]x]", "]", true},
        {"[a", "[a", true},
        {"\\*", "*", true},
        {"\\*", "x", false},
        {"*", "", true},
        {"**", "anything", true},
        {"[\xc3\xa0-\xc3\xbf]", "\xc3\xa9", true},
        {"", "", true},
        {"", "x", false},
        {".h*", ".hidden", true},
        {"x\\", "x\\", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (!CHECK(hs_glob_match(cases[i].pattern, cases[i].name) == cases[i].matches))
            fprintf(stderr, "pattern %s name %s\n", cases[i].pattern, cases[i].name);
    char name[3001];
    memset(name, 'a', 3000);
    name[3000] = '\0';
    CHECK(!hs_glob_match("*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", name));
}

int main(void)
{
    struct hs_job *job = good(full);
    if (job) {
        test_job_level(job);
        test_first_track(job->tracks);
        test_other_tracks(job);
    }
    hs_job_free(job);
    test_anchors();
    test_ids_settle();
    test_slugs();
    test_files();
    test_match();
    return check_done();
}
