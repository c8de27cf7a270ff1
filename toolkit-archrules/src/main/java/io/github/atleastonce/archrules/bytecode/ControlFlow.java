package io.github.atleastonce.archrules.bytecode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Which instruction can follow which, exceptions left out. */
final class ControlFlow {

    private final List<List<Integer>> successors;
    private final Frame<SourceValue>[] frames;

    private ControlFlow(List<List<Integer>> successors, Frame<SourceValue>[] frames) {
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
            return new ControlFlow(successors, analyzer.analyze(owner, method));
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
}
