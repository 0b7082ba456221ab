package io.eventbus.redis;

/** What Redis has to do in one step. Each script touches the one key that it is given. */
final class Scripts {

    /** What the names of consumers begin with that tell which group it is: one that is made again gets another. */
    static final String MADE = " made ";

    private static final String INCARNATION = """
            local function incarnation()
              for _, flat in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
                for i = 1, #flat, 2 do
                  if flat[i] == 'name' and string.sub(flat[i + 1], 1, 6) == ' made ' then return flat[i + 1] end
                end
              end
              return false
            end
            """;

    private static final String SAME = INCARNATION + """
            if incarnation() ~= ARGV[3] then
              return redis.error_reply('NOGROUP the group was deleted and made again')
            end
            """;

    /** ARGV: group, a name. Gives the group that name unless it has one; gives its name. */
    static final String IDENTIFY = INCARNATION + """
            local known = incarnation()
            if known then return known end
            redis.call('XGROUP', 'CREATECONSUMER', KEYS[1], ARGV[1], ARGV[2])
            return ARGV[2]
            """;

    /**
     * ARGV: group, member, ids. Gives the member those that the group has behind it and nobody has, though they are not
     * deleted: in a group that was made again.
     */
    static final String RESTORE = """
            local last = '0-0'
            for _, flat in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
              local group = {}
              for i = 1, #flat, 2 do group[flat[i]] = flat[i + 1] end
              if group['name'] == ARGV[1] then last = group['last-delivered-id'] end
            end
            for i = 3, #ARGV do
              local id = ARGV[i]
              local entry = redis.call('XRANGE', KEYS[1], id, last, 'COUNT', 1)[1]
              if entry and entry[1] == id and #redis.call('XPENDING', KEYS[1], ARGV[1], id, id, 1) == 0 then
                redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, id, 'FORCE', 'JUSTID')
              end
            end
            return 0
            """;

    /**
     * ARGV: group, member, the group's name for itself, ids. Restarts the lease of those that the member still has; gives
     * the ids of the others.
     */
    static final String RENEW = SAME + """
            local lost = {}
            for i = 4, #ARGV do
              local id = ARGV[i]
              if #redis.call('XPENDING', KEYS[1], ARGV[1], id, id, 1, ARGV[2]) == 1 then
                redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, id, 'JUSTID')
              else
                lost[#lost + 1] = id
              end
            end
            return lost
            """;

    /**
     * ARGV: group, member, the group's name for itself, the name that what was handed back is kept under, ids. Hands back
     * those that the member still has, to be taken by anyone at once, as if this delivery had not been.
     */
    static final String HAND_BACK = SAME + """
            for i = 5, #ARGV do
              local id = ARGV[i]
              local mine = redis.call('XPENDING', KEYS[1], ARGV[1], id, id, 1, ARGV[2])
              if #mine == 1 then
                redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[4], 0, id,
                  'TIME', 0, 'RETRYCOUNT', math.max(mine[1][4] - 1, 0), 'JUSTID')
              end
            end
            return 0
            """;

    /** ARGV: group, member, the name that what was handed back is kept under. Hands back all, and ends the member. */
    static final String LEAVE = """
            local mine
            repeat
              mine = redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1000, ARGV[2])
              for _, entry in ipairs(mine) do
                redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[3], 0, entry[1],
                  'TIME', 0, 'RETRYCOUNT', math.max(entry[4] - 1, 0), 'JUSTID')
              end
            until #mine == 0
            return redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
            """;

    /** ARGV: group, milliseconds. Removes members that have nothing and were not heard of for so long. */
    static final String TIDY = """
            for _, flat in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
              local one = {}
              for i = 1, #flat, 2 do one[flat[i]] = flat[i + 1] end
              local gone = one['pending'] == 0 and one['idle'] > tonumber(ARGV[2])
              if gone and string.sub(one['name'], 1, 6) ~= ' made ' then
                redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], one['name'])
              end
            end
            return 0
            """;

    /** Gives the last id that the stream has given to an entry, whether that is still there or not. */
    static final String LAST_ID = """
            local info = redis.pcall('XINFO', 'STREAM', KEYS[1])
            if info['err'] then return string.find(info['err'], 'no such key') and '0-0' or info end
            for i = 1, #info, 2 do
              if info[i] == 'last-generated-id' then return info[i + 1] end
            end
            """;

    /** ARGV: id, count. Counts entries behind the id, at most so many; gives their number and the id of the last. */
    static final String COUNT = """
            local some = redis.call('XRANGE', KEYS[1], '(' .. ARGV[1], '+', 'COUNT', ARGV[2])
            return {#some, #some > 0 and some[#some][1] or ARGV[1]}
            """;

    /**
     * ARGV: how many entries the stream may have, how many more are to come. When these do not fit, removes what every group
     * has settled, or the oldest if there is no group, whom any number fits. Gives how many fit, and the group that keeps the oldest entry.
     */
    static final String TRIM = """
            local max, more = tonumber(ARGV[1]), tonumber(ARGV[2])
            local room = max - redis.call('XLEN', KEYS[1])
            if room >= more then return {room, ''} end
            local groups = redis.pcall('XINFO', 'GROUPS', KEYS[1])
            if groups['err'] or #groups == 0 then
              redis.call('XTRIM', KEYS[1], 'MAXLEN', math.max(max - more, 0))
              return {more, ''}
            end
            local function parts(id)
              local ms, seq = string.match(id, '(%d+)-(%d+)')
              return ms, seq
            end
            local function less(a, b)
              if #a ~= #b then return #a < #b end
              return a < b
            end
            local function before(a, b)
              local am, as = parts(a)
              local bm, bs = parts(b)
              if am ~= bm then return less(am, bm) end
              return less(as, bs)
            end
            local keep, by
            for _, flat in ipairs(groups) do
              local group = {}
              for i = 1, #flat, 2 do group[flat[i]] = flat[i + 1] end
              local first
              if group['pending'] > 0 then
                first = redis.call('XPENDING', KEYS[1], group['name'])[2]
              else
                local ms, seq = parts(group['last-delivered-id'])
                first = ms .. '-' .. string.format('%.0f', tonumber(seq) + 1)
              end
              if keep == nil or before(first, keep) then keep, by = first, group['name'] end
            end
            redis.call('XTRIM', KEYS[1], 'MINID', keep)
            return {max - redis.call('XLEN', KEYS[1]), by}
            """;

    private Scripts() {}
}
