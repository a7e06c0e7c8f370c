/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages for people, on standard error, one line each, control characters made visible. A log
 * is a value that is passed down; it may be used by one thread at a time. No function fails: a
 * message that cannot be written is lost.
 */
#ifndef HS_CORE_LOG_H
#define HS_CORE_LOG_H

#include <stdbool.h>
#include <stdio.h>

enum hs_log_level { HS_LOG_QUIET, HS_LOG_NORMAL, HS_LOG_VERBOSE };

struct hs_log {
    FILE *out;
    enum hs_log_level level; /* QUIET: errors and warnings only */
    bool color;
    bool journal; /* prefix <N> priorities (JOURNAL_STREAM is set) */
};

void hs_log_error(const struct hs_log *log, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void hs_log_warn(const struct hs_log *log, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void hs_log_info(const struct hs_log *log, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void hs_log_detail(const struct hs_log *log, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
