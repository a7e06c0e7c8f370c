/* SPDX-License-Identifier: Apache-2.0 */
/* `generate`: the manual page, completions, and the tables of the documents: keys of a job file,
 * words that `heard` understands. */
#include "cli/complete.h"
#include "cli/manual.h"
#include "cli/options.h"
#include "cli/print.h"
#include "cli/word_list.h"
#include "run/exit.h"

#include <string.h>

/* Hidden from --help: the build calls it. */
int hs_cmd_generate(const struct hs_options *o, const struct hs_log *log)
{
    static const struct {
        const char *kind;
        void (*put)(struct hs_buf *out);
    } kinds[] = {{"man", hs_manual_put},     {"bash", hs_completion_bash},
                 {"zsh", hs_completion_zsh}, {"fish", hs_completion_fish},
                 {"keys", hs_keys_put},      {"words", hs_word_list_put}};
    struct hs_buf text = {0};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(o->operands[0], kinds[i].kind)) {
            kinds[i].put(&text);
            return hs_cli_print(&text, log) ? HS_EXIT_OK : HS_EXIT_FAILED;
        }
    hs_log_error(log, "generate: found \"%s\", expected man, bash, zsh, fish, keys or words",
                 o->operands[0]);
    return HS_EXIT_USAGE;
}
