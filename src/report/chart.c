/* SPDX-License-Identifier: Apache-2.0 */
/* What all charts share: the figure with heading and sentence, the closed table with the same
 * numbers for readers who see no chart, and the key to the lines. */
#include "report/chart.h"

#include "report/html.h"

void hs_chart_begin(struct hs_html *h, const char *heading, const char *sentence)
{
    hs_html_literal(h, "<figure class=\"chart\"><figcaption><b>");
    hs_html_text(h, heading);
    hs_html_literal(h, "</b> ");
    hs_html_text(h, sentence);
    hs_html_literal(h, "</figcaption>");
}

void hs_chart_end(struct hs_html *h)
{
    hs_html_literal(h, "</figure>\n");
}

void hs_chart_table_begin(struct hs_html *h, const char *caption)
{
    hs_html_literal(h, "<details class=\"data\"><summary>Numbers</summary><table><caption>");
    hs_html_text(h, caption);
    hs_html_literal(h, "</caption>");
}

void hs_chart_table_end(struct hs_html *h)
{
    hs_html_literal(h, "</tbody></table></details>");
}

void hs_chart_key(struct hs_html *h, bool expected, bool mix)
{
    hs_html_literal(h, "<p class=\"key\"><span class=\"k-line\">master</span>");
    if (mix)
        hs_html_literal(h, " <span class=\"k-dash\">mix</span>");
    if (expected)
        hs_html_literal(h, " <span class=\"k-expected\">expected range</span> <span "
                           "class=\"k-base\">its centre</span>");
    hs_html_literal(h, "</p>");
}
