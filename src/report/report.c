/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Order of writing: folders and assets, shortlist.csv (with the notes of people from the report
 * before), findings.csv, pages that are not of a track, then each track (its pages, its plan, its
 * part of audit.json) while its series are in memory, then report.html and report.zip where
 * asked. One buffer serves all pages, so that memory does not grow with the catalogue. Nothing is
 * synced to disk here: the caller publishes the folder as a whole. The first failure ends it.
 */
#include "report/report.h"

#include "core/fs.h"
#include "report/findings_csv.h"
#include "report/frame.h"
#include "report/json_audit.h"
#include "report/pages.h"
#include "report/plan_yaml.h"
#include "report/shortlist_csv.h"
#include "report/single.h"
#include "report/zip.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

extern const char hs_asset_report_css[], hs_asset_report_js[], hs_asset_answers_js[];
extern const uint64_t hs_asset_report_css_len, hs_asset_report_js_len, hs_asset_answers_js_len;

enum { FLUSH_BYTES = 1 << 20, NOTES_MOST = 1 << 30 };

struct writer {
    struct hs_pages pages;
    struct hs_html html;
    struct hs_arena arena; /* names; freed with the writer */
    const char *dir;
};

/* Writes all bytes; a signal that interrupts the call is no failure. */
static enum hs_status write_all(int fd, const char *data, size_t n, const char *path,
                                struct hs_error *err)
{
    while (n) {
        ssize_t done = write(fd, data, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return hs_fail_errno(err, HS_E_IO, "%s", path);
        data += done;
        n -= (size_t)done;
    }
    return HS_OK;
}

/* Plain writes without fsync: the caller publishes the folder as a whole, and twenty
 * thousand pages would wait for the disk twenty thousand times. */
static enum hs_status put_file(struct writer *w, const char *name, const char *data, size_t n,
                               struct hs_error *err)
{
    struct hs_arena a = {0};
    const char *path = hs_path_join(&a, w->dir, name);
    enum hs_status s = HS_OK;
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        s = hs_fail_errno(err, HS_E_IO, "%s", path);
    } else {
        s = write_all(fd, data, n, path, err);
        if (close(fd) && !s)
            s = hs_fail_errno(err, HS_E_IO, "%s", path);
    }
    hs_arena_free(&a);
    return s;
}

/* The index-th page of a descriptor; nothing where it is not there. */
static enum hs_status put_page(struct writer *w, const struct hs_page *page, size_t index,
                               struct hs_error *err)
{
    struct hs_arena a = {0};
    const char *name =
        page->name ? page->name(&w->pages, index) : hs_page_name(&a, page->file, index);
    enum hs_status s = HS_OK;
    if (name) {
        w->pages.page = page;
        page->render(&w->pages, &w->html, index);
        s = put_file(w, hs_arena_printf(&a, "%s%s.html", page->folder, name), w->html.out.data,
                     w->html.out.len, err);
        hs_buf_clear(&w->html.out);
        w->html.n_forms = 0;
    }
    hs_arena_free(&a);
    return s;
}

static enum hs_status make_folder(struct writer *w, const char *name, struct hs_error *err)
{
    struct hs_arena a = {0};
    enum hs_status s = hs_fs_mkdirs(hs_path_join(&a, w->dir, name), err);
    hs_arena_free(&a);
    return s;
}

/* Folders of all pages, and style and scripts in assets/. */
static enum hs_status make_folders(struct writer *w, struct hs_error *err)
{
    enum hs_status s = make_folder(w, "assets", err);
    for (size_t i = 0; i < hs_n_pages && !s; i++)
        if (*hs_page_table[i]->folder)
            s = make_folder(w, hs_page_table[i]->folder, err);
    if (s)
        return s;
    s = put_file(w, "assets/report.css", hs_asset_report_css, hs_asset_report_css_len, err);
    s = s ? s : put_file(w, "assets/report.js", hs_asset_report_js, hs_asset_report_js_len, err);
    return s ? s
             : put_file(w, "assets/answers.js", hs_asset_answers_js, hs_asset_answers_js_len, err);
}

/* A file that is written in pieces. */
struct stream {
    int fd;
    const char *path;
    enum hs_status status;
    struct hs_error *err;
};

/* On failure the descriptor is below 0 and the status holds the reason; pieces are then dropped. */
static struct stream open_stream(struct writer *w, const char *name, struct hs_error *err)
{
    struct stream f = {.path = hs_path_join(&w->arena, w->dir, name), .err = err};
    f.fd = open(f.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (f.fd < 0)
        f.status = hs_fail_errno(err, HS_E_IO, "%s", f.path);
    return f;
}

static bool put_piece(void *ctx, const char *data, size_t n)
{
    struct stream *f = ctx;
    if (!f->status)
        f->status = write_all(f->fd, data, n, f->path, f->err);
    return !f->status;
}

static enum hs_status close_stream(struct stream *f)
{
    if (f->fd >= 0 && close(f->fd) && !f->status)
        f->status = hs_fail_errno(f->err, HS_E_IO, "%s", f->path);
    return f->status;
}

/* Of the hs_json_audit_ functions: takes what is ready, in megabytes. */
static bool flush(void *ctx, struct hs_buf *b)
{
    struct stream *f = ctx;
    if (b->len > FLUSH_BYTES) {
        put_piece(f, b->data, b->len);
        hs_buf_clear(b);
    }
    return !f->status;
}

/* plans/ID.yaml of a listed track. */
static enum hs_status write_plan(struct writer *w, size_t track, struct hs_error *err)
{
    const struct hs_shortlist_row *row = w->pages.row[track];
    struct hs_arena a = {0};
    struct hs_buf yaml = {0};
    enum hs_status s = HS_OK;
    if (row && row->rank) {
        hs_plan_yaml(w->pages.audit, row, &yaml);
        s = put_file(w, hs_arena_printf(&a, "plans/%s.yaml", w->pages.audit->job->tracks[track].id),
                     yaml.data, yaml.len, err);
    }
    hs_buf_free(&yaml);
    hs_arena_free(&a);
    return s;
}

static enum hs_status write_track(struct writer *w, size_t track, struct hs_error *err)
{
    enum hs_status s = HS_OK;
    for (size_t i = 0; i < hs_n_pages && !s; i++)
        if (hs_page_table[i]->of_track)
            s = put_page(w, hs_page_table[i], track, err);
    return s ? s : write_plan(w, track, err);
}

/* The pages of each track and, while its series are at hand, its part of audit.json. */
static enum hs_status write_tracks(struct writer *w, struct hs_error *err)
{
    const struct hs_audit *audit = w->pages.audit;
    struct stream f = open_stream(w, "audit.json", err);
    enum hs_status s = f.status;
    struct hs_buf b = {0};
    hs_json_audit_head(audit, &b);
    for (size_t i = 0; i < audit->job->n_tracks && !s; i++) {
        s = write_track(w, i, err);
        hs_buf_puts(&b, i ? ",\n" : "\n");
        hs_json_track(audit, &audit->tracks[i], &b);
        if (!flush(&f, &b))
            s = f.status;
    }
    if (!s) {
        hs_json_audit_tail(audit, &b, flush, &f);
        put_piece(&f, b.data, b.len);
    }
    hs_buf_free(&b);
    enum hs_status closed = close_stream(&f);
    return s ? s : closed;
}

/* All pages that are not of a track. */
static enum hs_status write_pages(struct writer *w, struct hs_error *err)
{
    enum hs_status s = HS_OK;
    for (size_t i = 0; i < hs_n_pages; i++) {
        const struct hs_page *page = hs_page_table[i];
        size_t n = page->of_track ? 0 : hs_pages_of(&w->pages, page);
        for (size_t k = 0; k < n && !s; k++)
            s = put_page(w, page, k, err);
    }
    return s;
}

/* Notes that cannot be read must not be overwritten: that is a failure. */
static enum hs_status write_csv(struct writer *w, const char *previous_dir, struct hs_error *err)
{
    struct hs_buf previous = {0};
    enum hs_status s = HS_OK;
    if (previous_dir) {
        const char *path = hs_path_join(&w->arena, previous_dir, "shortlist.csv");
        if (hs_fs_exists(path))
            s = hs_fs_read(path, NOTES_MOST, &previous, err);
    }
    if (!s) {
        struct stream f = open_stream(w, "shortlist.csv", err);
        if (!f.status)
            hs_shortlist_csv_put(w->pages.audit, &previous, put_piece, &f);
        s = close_stream(&f);
    }
    hs_buf_free(&previous);
    return s;
}

/* findings.csv, and findings.md with the meaning of its columns. */
static enum hs_status write_findings(struct writer *w, struct hs_error *err)
{
    struct stream f = open_stream(w, "findings.csv", err);
    struct hs_buf columns = {0};
    if (!f.status)
        hs_findings_csv_put(w->pages.audit, put_piece, &f);
    enum hs_status s = close_stream(&f);
    hs_findings_csv_columns(&columns);
    s = s ? s : put_file(w, "findings.md", columns.data, columns.len, err);
    hs_buf_free(&columns);
    return s;
}

/* The folder is a new one; who calls it puts it in place of the last report. */
enum hs_status hs_report_write(const struct hs_audit *audit,
                               const struct hs_report_options *options, struct hs_error *err)
{
    struct writer w = {.dir = options->dir};
    hs_pages_init(&w.pages, audit, options);
    /* the notes of people come before the pages: if they cannot be read, the report must not be
     * written over them */
    enum hs_status s = make_folders(&w, err);
    s = s ? s : write_csv(&w, options->previous_dir, err);
    s = s ? s : write_findings(&w, err);
    s = s ? s : write_pages(&w, err);
    s = s ? s : write_tracks(&w, err);
    if (!s && options->single_file) {
        hs_single_put(&w.pages, &w.html);
        s = put_file(&w, "report.html", w.html.out.data, w.html.out.len, err);
    }
    if (!s && options->zip)
        s = hs_zip_folder(options->dir, "report.zip", err);
    hs_buf_free(&w.html.out);
    hs_arena_free(&w.arena);
    hs_pages_free(&w.pages);
    return s;
}
