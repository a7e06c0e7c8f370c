/* SPDX-License-Identifier: Apache-2.0 */
/* core/ and model/: numbers, text, files, errors, values and their binary form. */
#include "check.h"
#include "core/num_text.h"
#include "fixture_dir.h"

#include "core/error.h"
#include "core/fs.h"
#include "core/heap.h"
#include "core/num.h"
#include "core/text.h"
#include "core/wire.h"
#include "model/measure.h"
#include "model/values.h"
#include "model/values_pack.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void numbers(void)
{
    char t[HS_NUM_TEXT];
    static const double back[] = {0.1, 1.0 / 3, 1e300, -2.5e-9, 123456789.125, 44100};
    for (size_t i = 0; i < sizeof back / sizeof *back; i++)
        CHECK(strtod(hs_num_text(t, back[i]), NULL) == back[i]);
    CHECK_TEXT(hs_num_text(t, NAN), "null");
    CHECK_TEXT(hs_num_text(t, 0.1), "0.1");
    CHECK_TEXT(hs_num_fixed(t, -0.04, 1), "0.0");
    double x;
    CHECK(hs_num_parse("-1.5e3", &x) && x == -1500);
    CHECK(!hs_num_parse("0x10", &x) && !hs_num_parse("", &x) && !hs_num_parse("nan", &x) &&
          !hs_num_parse("1 ", &x));
    double y[] = {5, 1, 4, 2, 3};
    CHECK(hs_median(y, 5) == 3);
    CHECK_NEAR(hs_quantile_sorted(y, 5, 0.9), 4.6, 1e-12);
    CHECK_NEAR(hs_mad(y, 5, 3), 1.4826, 1e-12);
    CHECK(isnan(hs_median(y, 0)));
    CHECK_NEAR(hs_normal_quantile(0.975), 1.959963984540054, 1e-12);
    CHECK_NEAR(hs_normal_cdf(1.645), 0.95, 1e-4);
    for (double z = -37; z < 5; z += .0371)
        CHECK_NEAR(hs_normal_quantile(hs_normal_cdf(z)), z, z < -6 ? 5e-11 : 1e-9);
    CHECK(hs_normal_quantile(0) == -INFINITY && hs_normal_quantile(1) == INFINITY);
    struct hs_rng r = {1};
    size_t seen[5] = {0};
    for (int i = 0; i < 5000; i++)
        seen[hs_rng_below(&r, 5)]++;
    for (int i = 0; i < 5; i++)
        CHECK(seen[i] > 850 && seen[i] < 1150);
}

static void texts(void)
{
    struct hs_buf b = {0};
    hs_utf8_put(&b, "a\xff\xc3\xa9\xed\xa0\x80z");
    CHECK_TEXT(b.data, "a\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdz");
    hs_buf_clear(&b);
    hs_text_put_plain(&b, "x\033[31m\n\xe2\x80\xae");
    CHECK_TEXT(b.data, "x\\x1b[31m\\x0a\\u202e");
    CHECK(hs_utf8_valid("\xef\xbf\xbd", 3) && !hs_utf8_valid("\xc0\x80", 2));
    static const char *const names[] = {"master", "mix", "title"};
    CHECK_TEXT(hs_text_nearest("mastre", names, 3), "master");
    CHECK(!hs_text_nearest("zebra", names, 3));
    hs_buf_free(&b);
}

static void errors(void)
{
    struct hs_error e = {0};
    CHECK(hs_fail(&e, HS_E_FORMAT, "deep %d", 1) == HS_E_FORMAT);
    CHECK(hs_fail(&e, HS_E_IO, "shallow") == HS_E_FORMAT);
    CHECK_TEXT(e.msg, "deep 1");
    CHECK(hs_fail(NULL, HS_E_IO, "nobody listens") == HS_E_IO);
}

static void files(void)
{
    char dir[] = "/tmp/hs-core-XXXXXX";
    struct hs_arena a = {0};
    struct hs_buf b = {0};
    struct hs_error e = {0};
    CHECK(mkdtemp(dir) != NULL);
    char *deep = hs_path_join(&a, dir, "a/b/c");
    CHECK(hs_fs_mkdirs(deep, &e) == HS_OK && hs_fs_is_dir(deep));
    char *file = hs_path_join(&a, deep, "x.txt");
    CHECK(hs_fs_write(file, "one", 3, &e) == HS_OK);
    CHECK(hs_fs_write(file, "two!", 4, &e) == HS_OK);
    CHECK(hs_fs_read(file, 100, &b, &e) == HS_OK && !strcmp(b.data, "two!"));
    CHECK(hs_fs_read(file, 2, &b, &e) == HS_E_LIMIT);
    hs_error_clear(&e);
    CHECK(hs_fs_read(dir, 100, &b, &e) == HS_E_IO);
    hs_error_clear(&e);
    CHECK(hs_fs_write(hs_path_join(&a, dir, "no/such/x"), "x", 1, &e) == HS_E_IO);
    CHECK(symlink("/", hs_path_join(&a, dir, "a/root")) == 0);
    hs_error_clear(&e);
    CHECK(remove_tree(dir) && !hs_fs_exists(dir) && hs_fs_exists("/usr"));
    CHECK_TEXT(hs_path_dir(&a, "/x"), "/");
    CHECK_TEXT(hs_path_dir(&a, "x"), ".");
    CHECK_TEXT(hs_path_base("a/b"), "b");
    hs_buf_free(&b);
    hs_arena_free(&a);
}

static void values(void)
{
    struct hs_arena a = {0};
    struct hs_values v, w;
    struct hs_buf b = {0};
    struct hs_error e = {0};
    const double arr[3] = {1, NAN, 3};
    const float ser[2] = {0.5f, -0.5f};
    double x;
    hs_values_init(&v, &a);
    hs_values_number(&v, "n", 1.5);
    hs_values_number(&v, "inf", INFINITY);
    hs_values_number_bound(&v, "nb", 2, 0.1);
    hs_values_array(&v, "arr", arr, 3);
    hs_values_series(&v, "ser", ser, 2, 0.05, 0.1);
    hs_values_text(&v, "codec", "flac");
    hs_values_flag(&v, "flag", true);
    hs_values_absent(&v, "gone", "shorter than %d s", 30);
    CHECK(hs_values_read(&v, "arr[2]", &x) && x == 3);
    CHECK(!hs_values_read(&v, "arr[1]", &x) && !hs_values_read(&v, "arr[3]", &x));
    hs_values_pack(&v, &b);
    hs_values_init(&w, &a);
    CHECK(hs_values_unpack(&w, b.data, b.len, &e) == HS_OK && w.n == v.n);
    CHECK(hs_values_or_nan(&w, "n") == 1.5 && isnan(hs_values_or_nan(&w, "inf")));
    CHECK(hs_values_get(&w, "nb")->bound == 0.1);
    CHECK(hs_values_doubles(&w, "arr", 3)[2] == 3 && !hs_values_doubles(&w, "arr", 2));
    CHECK(hs_values_get(&w, "ser")->series[1] == -0.5f);
    CHECK_TEXT(hs_values_get(&w, "codec")->text, "flac");
    CHECK_TEXT(hs_values_why(&w, "gone"), "shorter than 30 s");
    CHECK_TEXT(hs_values_why(&w, "inf"), "not finite");
    for (size_t n = 0; n < b.len; n++) { /* every truncation is found */
        struct hs_values t;
        hs_values_init(&t, &a);
        hs_error_clear(&e);
        CHECK(hs_values_unpack(&t, b.data, n, &e) != HS_OK);
    }
    hs_values_number(&v, "n", 7);
    CHECK(hs_values_or_nan(&v, "n") == 7 && v.n == 8);
    CHECK_NEAR(hs_band_hz(0), 19.9526, 1e-4);
    CHECK_NEAR(hs_band_high_hz(16), hs_band_low_hz(17), 1e-9);
    hs_buf_free(&b);
    hs_arena_free(&a);
}

/* What the C library writes, and reads back: the oracle of the faster way. */
static void number_texts(void)
{
    struct hs_rng rng = {11};
    char text[HS_NUM_TEXT], plain[64];
    for (int i = 0; i < 400000; i++) {
        double x = (hs_rng_uniform(&rng) - 0.5) * pow(10, (int)hs_rng_below(&rng, 24) - 6);
        if (i % 3) /* what people and tables have: few digits, and halves of the last one */
            x = round(x * (i % 3 == 1 ? 100 : 1e6)) / (i % 3 == 1 ? 200 : 1e6);
        if (x == 0)
            continue;
        for (int digits = 15; digits <= 17; digits++) {
            snprintf(plain, sizeof plain, "%.*g", digits, x);
            if (strtod(plain, NULL) == x)
                break;
        }
        if (!CHECK(!strcmp(hs_num_text(text, x), plain)))
            printf("%a: %s, not %s\n", x, text, plain);
        int digits = (int)hs_rng_below(&rng, 10);
        if (fabs(x) > 1e15)
            continue;
        snprintf(plain, sizeof plain, "%.*f", digits, x);
        const char *expected = plain + (*plain == '-' && !strpbrk(plain, "123456789"));
        if (!CHECK(!strcmp(hs_num_fixed(text, x, digits), expected)))
            printf("%a to %d: %s, not %s\n", x, digits, text, expected);
    }
}

/* A quantile by selection is that of the sorted values, with many equal ones and in any order. */
static void test_quantile(void)
{
    double x[301], sorted[301], work[301];
    struct hs_rng rng = {5};
    for (size_t n = 1; n <= 301; n += n < 12 ? 1 : 41)
        for (int kind = 0; kind < 4; kind++) {
            for (size_t i = 0; i < n; i++)
                x[i] = kind == 0   ? (double)i
                       : kind == 1 ? -(double)i
                       : kind == 2 ? floor(4 * hs_rng_uniform(&rng))
                                   : hs_rng_uniform(&rng);
            memcpy(sorted, x, n * sizeof *x);
            hs_sort(sorted, n);
            for (double p = 0; p <= 1; p += 0.0625) {
                memcpy(work, x, n * sizeof *x);
                CHECK(!(fabs(hs_quantile(work, n, p) - hs_quantile_sorted(sorted, n, p)) > 0));
            }
        }
    CHECK(isnan(hs_quantile(x, 0, 0.5)));
}

/* Pages of a piece of new memory that are there. */
static size_t n_there(unsigned char *page, size_t n, size_t size)
{
    unsigned char *there = calloc(n, 1);
    size_t sum = 0;
    CHECK(!mincore(page, n * size, there));
    for (size_t i = 0; i < n; i++)
        sum += there[i] & 1;
    free(there);
    return sum;
}

/* Can this system bring pages at once (Linux 5.14 on)? Asked of it, without the code under test. */
static bool brings_pages(size_t size)
{
#ifdef MADV_POPULATE_WRITE
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    const bool brings = p != MAP_FAILED && !madvise(p, size, MADV_POPULATE_WRITE);
    munmap(p, size);
    return brings;
#else
    (void)size;
    return false;
#endif
}

/* All whole pages of a piece come at once and hold nothing; those around it stay away, and what was
 * written before stays. Where the system cannot, nothing happens. */
static void pages(void)
{
    enum { PAGES = 64 };
    const size_t size = (size_t)sysconf(_SC_PAGESIZE);
    unsigned char *p =
        mmap(NULL, PAGES * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(p != MAP_FAILED);
    hs_heap_make_present(p + 10, 5);
    CHECK(n_there(p, PAGES, size) == 0);
    p[3 * size] = 7;
    hs_heap_make_present(p + size + 1, 40 * size);
    /* 2 .. 40: the first and the last page are not whole */
    CHECK(n_there(p, PAGES, size) == (brings_pages(size) ? 39 : 1));
    CHECK(p[3 * size] == 7 && !p[30 * size] && !p[40 * size]);
    /* a piece whose last page is there is not asked for again */
    p[60 * size] = 7;
    hs_heap_make_present(p + 50 * size, 11 * size);
    CHECK(n_there(p + 50 * size, 14, size) == 1);
    munmap(p, PAGES * size);
}

int main(void)
{
    pages();
    number_texts();
    numbers();
    texts();
    errors();
    files();
    values();
    test_quantile();
    return check_done();
}
