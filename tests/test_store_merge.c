/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Merging two stores: what is new is taken over, what is there is left, another version takes its
 * place, and of two results that differ for one key and version the same one stays whichever comes
 * first, and is counted. A second merge finds nothing new. Of blame the larger count stands.
 */
#include "check.h"
#include "fixture_dir.h"

#include "core/buf.h"
#include "store/merge.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

enum { VERSION = 3 };

static char dir[] = "/tmp/test_store_merge_XXXXXX";
static struct hs_error err;

static struct hs_store *made(const char *name)
{
    char path[100];
    struct hs_store *s = NULL;
    snprintf(path, sizeof path, "%s/%s", dir, name);
    CHECK(hs_store_open(&s, path, &err) == HS_OK);
    return s;
}

static void put(struct hs_store *s, enum hs_result_kind kind, uint64_t key, unsigned version,
                const char *text)
{
    uint64_t both[2] = {key, 1};
    CHECK(hs_store_put(s, kind, both, sizeof both, version, text, strlen(text), &err) == HS_OK);
}

static bool holds(struct hs_store *s, enum hs_result_kind kind, uint64_t key, unsigned version,
                  const char *text)
{
    struct hs_buf b = {0};
    uint64_t both[2] = {key, 1};
    bool found = hs_store_find(s, kind, both, sizeof both, version, &b) && b.len == strlen(text) &&
                 !memcmp(b.data, text, b.len);
    hs_buf_free(&b);
    return found;
}

static struct hs_store_merged merge(struct hs_store *into, struct hs_store *from)
{
    struct hs_store_merged m;
    CHECK(hs_store_merge(into, from, &m, &err) == HS_OK);
    return m;
}

static void test_rows(void)
{
    struct hs_store *into = made("into"), *part = made("part");
    put(into, HS_RESULT_FILE, 1, VERSION, "the same");
    put(into, HS_RESULT_FILE, 2, VERSION - 1, "of an older version");
    put(into, HS_RESULT_FILE, 3, VERSION, "not in the part");
    put(part, HS_RESULT_FILE, 1, VERSION, "the same");
    put(part, HS_RESULT_FILE, 2, VERSION, "of this one");
    put(part, HS_RESULT_FILE, 4, VERSION, "new");
    put(part, HS_RESULT_PAIR, 4, VERSION, "a pair of the same key");
    struct hs_store_merged m = merge(into, part);
    CHECK(m.n_results == 4 && m.n_new == 2 && !m.n_conflicts && !m.n_damaged);
    CHECK(holds(into, HS_RESULT_FILE, 1, VERSION, "the same"));
    CHECK(holds(into, HS_RESULT_FILE, 2, VERSION, "of this one"));
    CHECK(holds(into, HS_RESULT_FILE, 3, VERSION, "not in the part"));
    CHECK(holds(into, HS_RESULT_FILE, 4, VERSION, "new"));
    CHECK(holds(into, HS_RESULT_PAIR, 4, VERSION, "a pair of the same key"));
    m = merge(into, part);
    CHECK(m.n_results == 4 && !m.n_new && !m.n_conflicts);
    hs_store_close(part);
    hs_store_close(into);
}

/* Two machines, one of them faulty: it does not matter which part is merged first. */
static void test_conflicts(void)
{
    struct hs_store *a = made("a"), *b = made("b"), *ab = made("ab"), *ba = made("ba");
    put(a, HS_RESULT_FILE, 1, VERSION, "lesser");
    put(b, HS_RESULT_FILE, 1, VERSION, "more");
    put(a, HS_RESULT_FILE, 2, VERSION, "begins");
    put(b, HS_RESULT_FILE, 2, VERSION, "begins alike");
    CHECK(!merge(ab, a).n_conflicts && merge(ab, b).n_conflicts == 2);
    CHECK(!merge(ba, b).n_conflicts && merge(ba, a).n_conflicts == 2);
    struct hs_store *both[] = {ab, ba};
    for (int i = 0; i < 2; i++) {
        CHECK(holds(both[i], HS_RESULT_FILE, 1, VERSION, "lesser"));
        CHECK(holds(both[i], HS_RESULT_FILE, 2, VERSION, "begins"));
    }
    put(a, HS_RESULT_BLAME, 5, VERSION, "1");
    put(b, HS_RESULT_BLAME, 5, VERSION, "2");
    CHECK(merge(ab, a).n_conflicts == 0 && merge(ab, b).n_conflicts == 2); /* those of before */
    merge(ab, a);
    CHECK(holds(ab, HS_RESULT_BLAME, 5, VERSION, "2"));
    hs_store_close(a);
    hs_store_close(b);
    hs_store_close(ab);
    hs_store_close(ba);
}

int main(void)
{
    CHECK(mkdtemp(dir) != NULL);
    test_rows();
    test_conflicts();
    CHECK(remove_tree(dir));
    return check_done();
}
