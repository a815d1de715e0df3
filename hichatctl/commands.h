/* The commands of hichatctl.  argv[0] is the command's last word, then come its own arguments. */
#ifndef HICHAT_COMMANDS_H
#define HICHAT_COMMANDS_H

#include "tool.h"

int command_check(struct tool *tool, int argc, char **argv);
int command_erase(struct tool *tool, int argc, char **argv);
int command_fsck(struct tool *tool, int argc, char **argv);
int command_gc(struct tool *tool, int argc, char **argv);
int command_group_limit(struct tool *tool, int argc, char **argv);
int command_group_list(struct tool *tool, int argc, char **argv);
int command_index(struct tool *tool, int argc, char **argv);
int command_migrate(struct tool *tool, int argc, char **argv);
int command_reports(struct tool *tool, int argc, char **argv);
int command_reports_close(struct tool *tool, int argc, char **argv);
int command_sticker_pack_add(struct tool *tool, int argc, char **argv);
int command_sticker_pack_list(struct tool *tool, int argc, char **argv);
int command_sticker_pack_remove(struct tool *tool, int argc, char **argv);
int command_reports_delete(struct tool *tool, int argc, char **argv);
int command_reports_show(struct tool *tool, int argc, char **argv);
int command_user_add(struct tool *tool, int argc, char **argv);
int command_user_erase(struct tool *tool, int argc, char **argv);
int command_user_list(struct tool *tool, int argc, char **argv);
int command_user_reset_password(struct tool *tool, int argc, char **argv);
int command_user_suspend(struct tool *tool, int argc, char **argv);
int command_user_unsuspend(struct tool *tool, int argc, char **argv);
int command_user_remove_second_factor(struct tool *tool, int argc, char **argv);

#endif
