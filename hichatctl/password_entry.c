/* Reading passwords. */
#include "password_entry.h"
#include "arena.h"
#include "json.h"
#include "token.h"
#include "tool.h"
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define LINE_ROOM 1024
#define GENERATED 20

static bool read_line(char *line, size_t size)
{
	if (fgets(line, (int)size, stdin) == NULL)
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	return true;
}

static bool ask_hidden(const char *question, char *line, size_t size)
{
	struct termios shown, hidden;
	bool read;

	if (tcgetattr(STDIN_FILENO, &shown) != 0)
		return false;
	hidden = shown;
	hidden.c_lflag &= (tcflag_t)~ECHO;
	fputs(question, stderr);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
	read = read_line(line, size);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
	fputc('\n', stderr);
	return read;
}

static bool ask_twice(char *line)
{
	char again[LINE_ROOM];
	bool same;

	if (!ask_hidden("New password: ", line, LINE_ROOM) ||
	    !ask_hidden("The same again: ", again, sizeof(again))) {
		tool_fail("no password was entered");
		return false;
	}
	same = strcmp(line, again) == 0;
	explicit_bzero(again, sizeof(again));
	if (!same)
		tool_fail("the two passwords differ, nothing was changed");
	return same;
}

const char *password_enter(struct arena *arena)
{
	char line[LINE_ROOM];
	const char *password = NULL;

	if (isatty(STDIN_FILENO)) {
		if (!ask_twice(line))
			return NULL;
	} else if (!read_line(line, sizeof(line))) {
		tool_fail("there is no password on standard input; --generate makes one up");
		return NULL;
	}
	if (json_utf8_valid(line, strlen(line)))
		password = arena_text(arena, line);
	else
		tool_fail("the password is not valid UTF-8");
	explicit_bzero(line, sizeof(line));
	return password;
}

const char *password_generate(struct arena *arena)
{
	return arena_text_n(arena, token_random(arena), GENERATED);
}
