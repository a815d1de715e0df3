-- Sends messages, for wrk: each request goes to the next conversation of HICHAT_BENCH_SENDERS (a
-- file with a line "TOKEN CONVERSATION" for each).  HICHAT_BENCH_KIND is the kind of message: one
-- that no one knows makes a bare request, refused after everything but the database.
-- The last line printed is JSON.

local threads = {}

function setup(thread)
	thread:set("number", #threads)
	table.insert(threads, thread)
end

function init()
	senders, turn, count = {}, 0, 0
	for line in io.lines(os.getenv("HICHAT_BENCH_SENDERS")) do
		local token, conversation = line:match("(%S+) (%S+)")
		table.insert(senders, {
			path = "/api/v1/chat/conversations/" .. conversation .. "/messages",
			headers = {
				["Authorization"] = "Bearer " .. token,
				["Content-Type"] = "application/json",
			},
		})
	end
	kind = os.getenv("HICHAT_BENCH_KIND")
	run = os.getenv("HICHAT_BENCH_RUN")
	turn = number * math.floor(#senders / 2)
	statuses = ""
	bad = 0
end

function request()
	turn = turn % #senders + 1
	count = count + 1
	local sender = senders[turn]
	local body = string.format(
		'{"client_key":"%s-%d-%d","kind":"%s","body":{"text":"Shall we meet at the station at six? 六点车站见 %d"}}',
		run, number, count, kind, count)
	return wrk.format("POST", sender.path, sender.headers, body)
end

function response(status)
	if status ~= (kind == "text" and 201 or 422) then
		bad = bad + 1
		statuses = tostring(status)
	end
end

function done(summary, latency)
	local bad, status = 0, ""
	for _, thread in ipairs(threads) do
		bad = bad + thread:get("bad")
		if thread:get("bad") > 0 then status = thread:get("statuses") end
	end
	local errors = summary.errors
	io.write(string.format(
		'\n{"per_second":%.1f,"p50_us":%d,"p99_us":%d,"unexpected":%d,"status":"%s","cut":%d}\n',
		summary.requests / summary.duration * 1e6, latency:percentile(50), latency:percentile(99), bad,
		status, errors.connect + errors.read + errors.write + errors.timeout))
end
