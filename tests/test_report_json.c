/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON writer against a parser that is not ours (jansson), and against its promises:
 * safe inside HTML, numbers that read back, absent values with their reason. */
#include "check.h"
#include "core/alloc.h"
#include "core/num.h"
#include "core/num_text.h"
#include "report/json.h"
#include "report/json_finding.h"

#include <jansson.h>
#include <stdlib.h>

static json_t *parsed(const struct hs_buf *b)
{
    json_error_t error;
    json_t *root = json_loads(b->data, JSON_DECODE_ANY, &error);
    if (!root)
        fprintf(stderr, "%s in: %s\n", error.text, b->data);
    return root;
}

static void check_quote(const char *raw, const char *written, const char *read_back)
{
    struct hs_buf b = {0};
    hs_json_quote(&b, raw);
    CHECK_TEXT(b.data, written);
    json_t *root = parsed(&b);
    CHECK_TEXT(json_string_value(root), read_back);
    json_decref(root);
    hs_buf_free(&b);
}

static void test_quotes(void)
{
    check_quote("plain", "\"plain\"", "plain");
    check_quote("</script><!--&", "\"\\u003c/script\\u003e\\u003c!--\\u0026\"", "</script><!--&");
    check_quote("a\"b\\c\n\t\x01\x7f", "\"a\\\"b\\\\c\\n\\u0009\\u0001\\u007f\"",
                "a\"b\\c\n\t\x01\x7f");
    check_quote("\xe2\x80\xa8|\xe2\x80\xa9", "\"\\u2028|\\u2029\"", "\xe2\x80\xa8|\xe2\x80\xa9");
    check_quote("caf\xe9 \xff\xfe", "\"caf\xef\xbf\xbd \xef\xbf\xbd\xef\xbf\xbd\"",
                "caf\xef\xbf\xbd \xef\xbf\xbd\xef\xbf\xbd");
    check_quote("Bj\xc3\xb6rk \xf0\x9f\x8e\xb5", "\"Bj\xc3\xb6rk \xf0\x9f\x8e\xb5\"",
                "Bj\xc3\xb6rk \xf0\x9f\x8e\xb5");
    check_quote("", "\"\"", "");
}

/* Every double reads back bit for bit, and no text of fewer digits would. */
static void test_numbers(void)
{
    struct hs_rng rng = {7};
    for (int i = 0; i < 20000; i++) {
        char text[HS_NUM_TEXT], shorter[HS_NUM_TEXT];
        double x = (hs_rng_uniform(&rng) - 0.5) * pow(10, (double)(i % 60) - 30);
        hs_num_text(text, x);
        if (strtod(text, NULL) != x)
            CHECK(!"a number must read back");
        size_t digits = 0;
        for (const char *p = text; *p && *p != 'e'; p++)
            digits += *p >= (digits ? '0' : '1') && *p <= '9';
        if (digits > 16 &&
            strtod((snprintf(shorter, sizeof shorter, "%.15g", x), shorter), NULL) == x)
            CHECK(!"a number must be short");
    }
    char text[HS_NUM_TEXT];
    CHECK_TEXT(hs_num_text(text, 0.1), "0.1");
    CHECK_TEXT(hs_num_text(text, -14), "-14");
    CHECK_TEXT(hs_num_text(text, 1.0 / 3), "0.3333333333333333");
    CHECK_TEXT(hs_num_text(text, NAN), "null");
    CHECK_TEXT(hs_num_text(text, 1e300), "1e+300");
    CHECK_TEXT(hs_num_text(text, 44100), "44100");
}

static const struct hs_measure table[] = {
    {.key = "loud_lufs", .kind = HS_NUMBER},
    {.key = "gain.median", .kind = HS_NUMBER},
    {.key = "hidden", .kind = HS_NUMBER, .where = HS_IN_STORE},
    {.key = "bands_db", .kind = HS_ARRAY, .n = 3},
    {.key = "gain.p95", .kind = HS_NUMBER},
    {.key = "swapped", .kind = HS_FLAG},
    {.key = "codec", .kind = HS_TEXT},
    {.key = "never_set", .kind = HS_NUMBER},
};

static void fill(struct hs_values *v)
{
    hs_values_number_bound(v, "loud_lufs", -9.25, 0.05);
    hs_values_number(v, "gain.median", 1.5);
    hs_values_number(v, "hidden", 3);
    hs_values_array(v, "bands_db", (double[]){1, NAN, -3}, 3);
    hs_values_absent(v, "gain.p95", "shorter than %d s", 30);
    hs_values_flag(v, "swapped", false);
    hs_values_text(v, "codec", "flac");
}

static void test_values(void)
{
    struct hs_arena arena = {0};
    struct hs_values v;
    hs_values_init(&v, &arena);
    fill(&v);
    const struct hs_measure *rows[8];
    for (size_t i = 0; i < 8; i++)
        rows[i] = &table[i];
    struct hs_buf b = {0};
    struct hs_json j = {.out = &b, .top = true};
    hs_json_object(&j, NULL);
    hs_json_values(&j, &v, rows, 8);
    hs_json_remarks(&j, &v, rows, 8);
    hs_json_object_end(&j);
    CHECK_TEXT(b.data, "{\"loud_lufs\": -9.25, \"gain\": {\"median\": 1.5, \"p95\": null}, "
                       "\"bands_db\": [1,null,-3], \"swapped\": false, \"codec\": \"flac\", "
                       "\"never_set\": null, \"bounds\": {\"loud_lufs\": 0.05}, \"absent\": "
                       "{\"gain.p95\": \"shorter than 30 s\", \"never_set\": \"not measured\"}}");
    json_t *root = parsed(&b);
    CHECK(root && json_object_size(root) == 8);
    json_decref(root);
    hs_buf_free(&b);
    hs_arena_free(&arena);
}

static void test_nesting(void)
{
    struct hs_buf b = {0};
    struct hs_json j = {.out = &b, .top = true};
    hs_json_object(&j, NULL);
    hs_json_array(&j, "rows");
    for (int i = 0; i < 2; i++) {
        hs_json_object(&j, NULL);
        hs_json_array(&j, "empty");
        hs_json_array_end(&j);
        hs_json_bool(&j, "yes", true);
        hs_json_object_end(&j);
    }
    hs_json_array_end(&j);
    hs_json_null(&j, "nothing");
    hs_json_object_end(&j);
    CHECK_TEXT(b.data, "{\"rows\": [\n{\"empty\": [], \"yes\": true},\n"
                       "{\"empty\": [], \"yes\": true}], \"nothing\": null}");
    json_t *root = parsed(&b);
    CHECK(root != NULL);
    json_decref(root);
    hs_buf_free(&b);
}

/* `cured` is said of every move towards the middle; whether the mix was at fault stands beside it.
 */
static void test_moves(void)
{
    const struct {
        enum hs_origin origin;
        bool in_range, told;
    } rows[] = {{HS_ORIGIN_CURED, true, true},
                {HS_ORIGIN_CURED, false, false},
                {HS_ORIGIN_MASTERING, true, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct hs_moved moved = {.in_range = rows[i].in_range, .change = -6};
        struct hs_finding f = {
            .rule = "dull", .unit = "dB", .origin = rows[i].origin, .moved = &moved};
        struct hs_buf b = {0};
        hs_json_findings(&f, 1, &b);
        json_t *root = parsed(&b), *move = json_object_get(json_array_get(root, 0), "move");
        CHECK(json_is_boolean(json_object_get(move, "mix_in_range")));
        CHECK(json_is_true(json_object_get(move, "mix_in_range")) == rows[i].told);
        json_decref(root);
        hs_buf_free(&b);
    }
}

int main(void)
{
    test_moves();
    test_quotes();
    test_numbers();
    test_values();
    test_nesting();
    return check_done();
}
