/* SPDX-License-Identifier: Apache-2.0 */
/* Lines for people on standard error. Errors and warnings are never silenced. */
#include "core/log.h"

#include "core/buf.h"
#include "core/text.h"

#include <stdarg.h>

/* One line: priority for the journal, coloured label, text with control characters made
 * visible. */
static void line(const struct hs_log *log, int priority, const char *color, const char *label,
                 const char *fmt, va_list ap)
{
    char text[2048];
    struct hs_buf b = {0};
    vsnprintf(text, sizeof text, fmt, ap);
    if (log->journal)
        hs_buf_printf(&b, "<%d>", priority);
    if (log->color && *color)
        hs_buf_printf(&b, "\033[%sm", color);
    hs_buf_puts(&b, label);
    if (log->color && *color)
        hs_buf_puts(&b, "\033[0m");
    hs_text_put_plain(&b, text);
    hs_buf_putc(&b, '\n');
    fwrite(b.data, 1, b.len, log->out);
    fflush(log->out);
    hs_buf_free(&b);
}

#define HS_LOG_FUNCTION(name, least, priority, color, label)                                       \
    void name(const struct hs_log *log, const char *fmt, ...)                                      \
    {                                                                                              \
        if (log->level < (least))                                                                  \
            return;                                                                                \
        va_list ap;                                                                                \
        va_start(ap, fmt);                                                                         \
        line(log, priority, color, label, fmt, ap);                                                \
        va_end(ap);                                                                                \
    }

HS_LOG_FUNCTION(hs_log_error, HS_LOG_QUIET, 3, "1;31", "error: ")
HS_LOG_FUNCTION(hs_log_warn, HS_LOG_QUIET, 4, "33", "warning: ")
HS_LOG_FUNCTION(hs_log_info, HS_LOG_NORMAL, 6, "", "")
HS_LOG_FUNCTION(hs_log_detail, HS_LOG_VERBOSE, 7, "", "")
