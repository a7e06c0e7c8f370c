/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/word_list.h"

#include "judge/note.h"
#include "judge/rule.h"

#include <string.h>

/* The phrases of a rule, a blank behind each comma. */
static void put_phrases(struct hs_buf *out, const char *phrases)
{
    for (; *phrases; phrases++) {
        hs_buf_putc(out, *phrases);
        if (*phrases == ',' && phrases[1] != ' ')
            hs_buf_putc(out, ' ');
    }
}

static void put_rules(struct hs_buf *out)
{
    hs_buf_puts(out, "\n| rule | what it finds | phrases |\n|---|---|---|\n");
    for (size_t i = 0; i < hs_rule_count(); i++) {
        const struct hs_rule *rule = hs_rule_at(i);
        hs_buf_printf(out, "| `%s` | %s | ", rule->id, rule->title);
        put_phrases(out, rule->heard_as);
        hs_buf_puts(out, " |\n");
    }
}

/* One row for each meaning, where it is met first. */
static void put_synonyms(struct hs_buf *out)
{
    size_t n;
    const struct hs_synonym *all = hs_note_synonyms(&n);
    hs_buf_puts(out, "\n| read as | words |\n|---|---|\n");
    for (size_t i = 0; i < n; i++) {
        size_t first = 0;
        while (strcmp(all[first].means, all[i].means))
            first++;
        if (first < i)
            continue;
        hs_buf_printf(out, "| %s | %s", all[i].means, all[i].word);
        for (size_t k = i + 1; k < n; k++)
            if (!strcmp(all[k].means, all[i].means))
                hs_buf_printf(out, ", %s", all[k].word);
        hs_buf_puts(out, " |\n");
    }
}

void hs_word_list_put(struct hs_buf *out)
{
    put_rules(out);
    put_synonyms(out);
}
