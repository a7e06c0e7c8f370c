/* SPDX-License-Identifier: Apache-2.0 */
/* test-labels: once */
/* Ten thousand tracks: no page grows beyond what a browser opens at once: 500 rows,
 * 15,000 nodes. Says what it took. */
#include "check.h"
#include "core/alloc.h"
#include "core/fs.h"
#include "fixture_audit.h"
#include "fixture_dir.h"
#include "report/pages.h"

#include <dirent.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { RELEASES = 625, TRACKS = 16, MOST_ROWS = 500, MOST_NODES = 15000 };

struct size {
    size_t pages, rows, nodes;
    char largest[256];
};

/* Elements and texts between them, as the document tree has them. */
static size_t count_nodes(const struct hs_buf *b, size_t *rows)
{
    size_t nodes = 0;
    *rows = 0;
    for (size_t i = 0; i + 3 < b->len; i++) {
        if (b->data[i] == '<' && b->data[i + 1] != '/')
            nodes++;
        if (b->data[i] == '>' && b->data[i + 1] != '<')
            nodes++;
        *rows += !strncmp(b->data + i, "<tr", 3);
    }
    return nodes;
}

static void look_at(const char *path, struct size *s)
{
    struct hs_buf b = {0};
    size_t rows;
    CHECK(hs_fs_read(path, 64 << 20, &b, NULL) == HS_OK);
    size_t nodes = count_nodes(&b, &rows);
    if (nodes > s->nodes)
        snprintf(s->largest, sizeof s->largest, "%s", path);
    s->nodes = nodes > s->nodes ? nodes : s->nodes;
    s->rows = rows > s->rows ? rows : s->rows;
    s->pages++;
    hs_buf_free(&b);
}

/* All pages of a folder, or every n-th of a crowded one. */
static void look_into(const char *dir, const char *folder, size_t every, struct size *s)
{
    struct hs_arena a = {0};
    const char *path = hs_path_join(&a, dir, folder);
    DIR *d = opendir(path);
    size_t i = 0;
    CHECK(d != NULL);
    for (struct dirent *e; d && (e = readdir(d)) != NULL;)
        if (strstr(e->d_name, ".html") && i++ % every == 0)
            look_at(hs_path_join(&a, path, e->d_name), s);
    if (d)
        closedir(d);
    hs_arena_free(&a);
}

int main(void)
{
    char dir[] = P_tmpdir "/hs_report-large-XXXXXX";
    struct fixture *f = fixture_make(RELEASES, TRACKS);
    struct hs_report_options o = {.dir = dir};
    struct hs_error err = {0};
    struct size size = {.pages = 0};
    CHECK(mkdtemp(dir) != NULL);
    clock_t start = clock();
    CHECK(hs_report_write(&f->audit, &o, &err) == HS_OK);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    look_into(dir, ".", 1, &size);
    for (size_t i = 0; i < hs_n_pages; i++)
        if (*hs_page_table[i]->folder)
            look_into(dir, hs_page_table[i]->folder, hs_page_table[i]->of_track ? 97 : 1, &size);
    printf("%.1f s of one core; %zu pages looked at, at most %zu rows, %zu nodes (%s)\n", seconds,
           size.pages, size.rows, size.nodes, size.largest);
    CHECK(size.pages > 900);
    CHECK(size.rows <= MOST_ROWS);
    CHECK(size.nodes <= MOST_NODES);
    CHECK(remove_tree(dir));
    fixture_free(f);
    return check_done();
}
