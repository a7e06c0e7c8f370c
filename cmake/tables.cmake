# SPDX-License-Identifier: Apache-2.0
# Tables made from the names of the files, so that adding an analyser, a rule file or a page
# touches nothing else.

# hs_generate_table(analysers|rules|pages|task_kinds DIR PREFIX OUT [MORE]): for each
# DIR/PREFIXname.c (DIR may hold a *), and each file of MORE, one symbol.
function(hs_generate_table kind dir prefix out)
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${dir}/${prefix}*.c)
    list(APPEND files ${ARGN})
    list(SORT files)
    set(declarations "")
    set(entries "")
    set(count hs_n_${kind})
    if(kind STREQUAL "pages")
        set(type "struct hs_page")
        set(symbol hs_page_)
        set(array hs_page_table)
        set(header "report/pages.h")
    elseif(kind STREQUAL "analysers")
        set(type "struct hs_analyser")
        set(symbol hs_analyser_)
        set(array hs_analysers)
        set(header "measure/analyser.h")
    elseif(kind STREQUAL "task_kinds")
        set(type "struct hs_task_kind")
        set(symbol hs_task_kind_)
        set(array hs_task_kinds)
        set(header "pool/task_kind.h")
    else()
        set(type "struct hs_rule_table")
        set(symbol hs_rules_)
        set(array hs_rule_tables)
        set(count hs_n_rule_tables)
        set(header "judge/rule.h")
    endif()
    foreach(file IN LISTS files)
        get_filename_component(name ${file} NAME_WE)
        string(REGEX REPLACE "^${prefix}" "" name ${name})
        string(APPEND declarations "extern const ${type} ${symbol}${name};\n")
        string(APPEND entries "    &${symbol}${name},\n")
    endforeach()
    set(path ${CMAKE_CURRENT_BINARY_DIR}/generated/${kind}.c)
    file(CONFIGURE OUTPUT ${path} CONTENT "/* made by cmake/tables.cmake */
#include \"${header}\"

${declarations}
const ${type} *const ${array}[] = {
${entries}    0,
};
const size_t ${count} = sizeof ${array} / sizeof *${array} - 1;
")
    set(${out} ${${out}} ${path} PARENT_SCOPE)
endfunction()

# Page assets become symbols of the binary: NAME.css -> hs_asset_NAME_css[], _len.
function(hs_generate_assets dir out)
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${dir}/*)
    list(SORT files)
    set(text "    .section .rodata\n")
    foreach(file IN LISTS files)
        get_filename_component(name ${file} NAME)
        string(MAKE_C_IDENTIFIER ${name} id)
        string(APPEND text "    .global hs_asset_${id}\nhs_asset_${id}:\n"
            "    .incbin \"${file}\"\n1:  .byte 0\n    .balign 8\n"
            "    .global hs_asset_${id}_len\nhs_asset_${id}_len:\n"
            "    .quad 1b - hs_asset_${id}\n")
    endforeach()
    string(APPEND text "    .section .note.GNU-stack,\"\",%progbits\n")
    set(path ${CMAKE_CURRENT_BINARY_DIR}/generated/assets.S)
    file(CONFIGURE OUTPUT ${path} CONTENT "${text}")
    set_source_files_properties(${path} PROPERTIES OBJECT_DEPENDS "${files}")
    set(${out} ${${out}} ${path} PARENT_SCOPE)
endfunction()
