package org.kerege.pattern.temporal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Shares observations out to windows so that each gets its number and none is used more often than it was
/// observed: a maximal flow. A window that holds as many as all windows together want cannot come off badly and
/// is served last; that keeps the flow as small as the demands, however many observations there are.
final class SharingOut {

    private final List<Window> windows;
    private final Allowance allowance;
    private final List<Integer> poor = new ArrayList<>();
    private final Deque<Integer> rich = new ArrayDeque<>();

    /// Per window the indices of its occurrences, for poor ones.
    private final int[][] candidates;

    /// Per window and candidate, how many of it the window takes.
    private final long[][] taken;

    /// Uses of an observation that are left, for those that came into sight.
    private final Map<Integer, Long> left = new HashMap<>();

    /// Which poor windows may use an observation: pairs of window and candidate.
    private final Map<Integer, List<int[]>> users = new HashMap<>();

    private final List<Integer> tooFew = new ArrayList<>();

    SharingOut(List<Window> windows, Allowance allowance) {
        this.windows = windows;
        this.allowance = allowance;
        this.candidates = new int[windows.size()][];
        this.taken = new long[windows.size()][];
        separate();
        for (int window : poor) {
            look(window);
        }
        for (int window : poor) {
            if (!serve(window)) {
                return;
            }
        }
        while (!rich.isEmpty()) {
            int window = rich.pop();
            look(window);
            if (!serve(window)) {
                throw new IllegalStateException("a window with enough for all came off badly");
            }
        }
    }

    private void separate() {
        long wanted = 0;
        for (Window window : windows) {
            wanted = Math.min(Ticks.MAX, wanted + window.number());
        }
        List<Integer> bySupply = new ArrayList<>();
        for (int i = 0; i < windows.size(); i++) {
            bySupply.add(i);
        }
        bySupply.sort(Comparator.comparingLong(this::certainSupply).reversed());
        for (int i : bySupply) {
            if (poor.isEmpty() && certainSupply(i) >= wanted) {
                wanted -= windows.get(i).number();
                rich.push(i);
            } else {
                poor.add(i);
            }
        }
        Collections.sort(poor);
    }

    private long certainSupply(int window) {
        return windows.get(window).occurrences().repeatsItems() ? 0 : windows.get(window).supply();
    }

    private void look(int window) {
        Window asked = windows.get(window);
        int[] in = asked.occurrences().in(asked.start(), asked.end());
        allowance.spend(in.length + 1L);
        candidates[window] = in;
        taken[window] = new long[in.length];
        for (int i = 0; i < in.length; i++) {
            int item = asked.occurrences().item(in[i]);
            left.putIfAbsent(item, asked.occurrences().count(in[i]));
            users.computeIfAbsent(item, _ -> new ArrayList<>(1)).add(new int[] {window, i});
        }
    }

    private int item(int window, int candidate) {
        return windows.get(window).occurrences().item(candidates[window][candidate]);
    }

    private boolean serve(int window) {
        long wanted = windows.get(window).number();
        for (int i = 0; i < candidates[window].length && wanted > 0; i++) {
            int item = item(window, i);
            long free = left.getOrDefault(item, 0L);
            long take = Math.min(free, wanted);
            taken[window][i] += take;
            left.put(item, free - take);
            wanted -= take;
        }
        while (wanted > 0) {
            long moved = reroute(window, wanted);
            if (moved == 0) {
                return false;
            }
            wanted -= moved;
        }
        return true;
    }

    /// Finds observations for `window` by letting others take different ones; how many, 0 where that fails.
    private long reroute(int window, long wanted) {
        // How a window was reached: it gives up `gives` of the one before, which takes it as
        // `takes`.
        record Step(int window, int gives, int previous, int takes) {}
        Step[] reached = new Step[windows.size()];
        Deque<Integer> open = new ArrayDeque<>();
        reached[window] = new Step(window, -1, -1, -1);
        open.add(window);
        while (!open.isEmpty()) {
            int at = open.remove();
            allowance.spend(candidates[at].length + 1L);
            for (int i = 0; i < candidates[at].length; i++) {
                int item = item(at, i);
                long free = left.getOrDefault(item, 0L);
                if (free > 0) {
                    long amount = Math.min(free, wanted);
                    for (Step step = step(reached, at); step.previous() >= 0; ) {
                        amount = Math.min(amount, taken[step.window()][step.gives()]);
                        step = step(reached, step.previous());
                    }
                    left.put(item, free - amount);
                    taken[at][i] += amount;
                    for (Step step = step(reached, at); step.previous() >= 0; ) {
                        taken[step.window()][step.gives()] -= amount;
                        taken[step.previous()][step.takes()] += amount;
                        step = step(reached, step.previous());
                    }
                    return amount;
                }
                for (int[] user : users.getOrDefault(item, List.of())) {
                    if (reached[user[0]] == null && taken[user[0]][user[1]] > 0) {
                        reached[user[0]] = new Step(user[0], user[1], at, i);
                        open.add(user[0]);
                    }
                }
            }
        }
        for (int i = 0; i < reached.length; i++) {
            if (reached[i] != null) {
                tooFew.add(i);
            }
        }
        return 0;
    }

    private static <T> T step(T[] reached, int window) {
        return reached[window];
    }

    boolean complete() {
        return tooFew.isEmpty();
    }

    /// Windows that together want more than there is in all of them.
    List<Integer> shortOfObservations() {
        return tooFew;
    }

    /// What each window got, in the order of the windows.
    List<Share> shares() {
        List<Share> shares = new ArrayList<>(windows.size());
        for (int window = 0; window < windows.size(); window++) {
            List<Integer> items = new ArrayList<>();
            for (int i = 0; i < candidates[window].length; i++) {
                if (taken[window][i] > 0) {
                    items.add(item(window, i));
                }
            }
            shares.add(new Share(items.stream().distinct().toList()));
        }
        return shares;
    }
}
