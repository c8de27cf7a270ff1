package io.github.atleastonce.archrules.bytecode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Which instruction can follow which, exceptions left out. */
final class ControlFlow {

    private final MethodNode method;
    private final List<List<Integer>> successors;
    private final Frame<SourceValue>[] frames;

    private ControlFlow(MethodNode method, List<List<Integer>> successors, Frame<SourceValue>[] frames) {
        this.method = method;
        this.successors = successors;
        this.frames = frames;
    }

    static ControlFlow of(String owner, MethodNode method, OriginInterpreter interpreter) {
        List<List<Integer>> successors = new ArrayList<>();
        for (int i = 0; i < method.instructions.size(); i++) {
            successors.add(new ArrayList<>(2));
        }
        Analyzer<SourceValue> analyzer = new Analyzer<>(interpreter) {
            @Override
            protected void newControlFlowEdge(int from, int to) {
                successors.get(from).add(to);
            }
        };
        try {
            return new ControlFlow(method, successors, analyzer.analyze(owner, method));
        } catch (AnalyzerException e) {
            throw new IllegalStateException("Cannot follow the bytecode of " + owner + "." + method.name + ".", e);
        }
    }

    Frame<SourceValue>[] frames() {
        return frames;
    }

    BitSet reachableFrom(int start) {
        BitSet reached = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            int position = open.pop();
            if (!reached.get(position)) {
                reached.set(position);
                successors.get(position).forEach(open::push);
            }
        }
        return reached;
    }

    boolean reaches(int from, int to) {
        return reachableFrom(from).get(to);
    }

    /** Without going back, as a loop does. */
    boolean reachesForward(int from, int to) {
        BitSet reached = new BitSet();
        reached.set(from);
        for (int position = reached.nextSetBit(0);
                position >= 0 && position < to;
                position = reached.nextSetBit(position + 1)) {
            for (int next : successors.get(position)) {
                if (next > position) {
                    reached.set(next);
                }
            }
        }
        return reached.get(to);
    }

    /** A loop that ends before the place is left for it; one that holds both begins another round, which is another run. */
    boolean follows(int from, int to) {
        BitSet reached = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            int position = open.pop();
            if (!reached.get(position)) {
                reached.set(position);
                for (int next : successors.get(position)) {
                    if (next > position || endOfLoop(next) < to) {
                        open.push(next);
                    }
                }
            }
        }
        return from != to && reached.get(to);
    }

    /** The last place from which it goes back there; a {@code continue} does so from further up. */
    private int endOfLoop(int head) {
        int end = -1;
        for (int position = 0; position < successors.size(); position++) {
            if (successors.get(position).contains(head)) {
                end = position;
            }
        }
        return end;
    }

    /** What one source hands on may depend on which was seen before it, and sets of instructions keep no order. */
    List<AbstractInsnNode> inOrder(SourceValue value) {
        AbstractInsnNode[] sources = value.insns.toArray(AbstractInsnNode[]::new);
        Arrays.sort(sources, Comparator.comparingInt(method.instructions::indexOf));
        return List.of(sources);
    }

    /** The values that an instruction takes to make its own: receiver and arguments of a call, operands, the object of a field. */
    List<SourceValue> operandsOf(AbstractInsnNode insn) {
        int position = method.instructions.indexOf(insn);
        Frame<SourceValue> frame = position < 0 ? null : frames[position];
        return frame == null ? List.of() : Operands.of(insn, frame);
    }
}
