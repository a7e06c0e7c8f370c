/* SPDX-License-Identifier: Apache-2.0 */
/* The smallest test frame: CHECK counts and goes on; a test program ends in
 * `return check_done();`, which fails also when nothing was checked. */
#ifndef HS_TESTS_CHECK_H
#define HS_TESTS_CHECK_H

#include <math.h>
#include <stdio.h>
#include <string.h>

static int check_n_passed, check_n_failed;

#define CHECK(condition) check_that((condition), #condition, __FILE__, __LINE__)
#define CHECK_NEAR(actual, expected, tolerance)                                                    \
    check_near((actual), (expected), (tolerance), #actual, __FILE__, __LINE__)
#define CHECK_TEXT(actual, expected) check_text((actual), (expected), #actual, __FILE__, __LINE__)

__attribute__((unused)) static int check_that(int ok, const char *what, const char *file, int line)
{
    if (ok)
        check_n_passed++;
    else
        check_n_failed++;
    if (!ok)
        fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
    return ok;
}

__attribute__((unused)) static int check_near(double actual, double expected, double tolerance,
                                              const char *what, const char *file, int line)
{
    int ok = fabs(actual - expected) <= tolerance;
    if (!ok)
        fprintf(stderr, "%s:%d: %s is %.10g, expected %.10g +- %g\n", file, line, what, actual,
                expected, tolerance);
    return check_that(ok, what, file, line);
}

__attribute__((unused)) static int check_text(const char *actual, const char *expected,
                                              const char *what, const char *file, int line)
{
    int ok = actual && !strcmp(actual, expected);
    if (!ok)
        fprintf(stderr, "%s:%d: %s is \"%s\", expected \"%s\"\n", file, line, what,
                actual ? actual : "(null)", expected);
    return check_that(ok, what, file, line);
}

__attribute__((unused)) static int check_done(void)
{
    printf("%d passed, %d failed\n", check_n_passed, check_n_failed);
    return check_n_failed || !check_n_passed;
}

#endif
