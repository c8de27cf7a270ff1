package io.github.atleastonce.archrules.bytecode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Finds out which branches decide whether a place is reached, and what they ask. */
final class Decisions {

    private final MethodNode method;
    private final ControlFlow flow;
    private final Map<AbstractInsnNode, Invocation> calls = new LinkedHashMap<>();

    Decisions(MethodNode method, ControlFlow flow, List<Invocation> calls) {
        this.method = method;
        this.flow = flow;
        calls.forEach(call -> this.calls.put(method.instructions.get(call.position()), call));
    }

    List<Decision> on(int position) {
        List<Decision> decisions = new ArrayList<>();
        AbstractInsnNode before = null;
        for (int i = 0; i < position; i++) {
            AbstractInsnNode insn = method.instructions.get(i);
            if (insn instanceof JumpInsnNode jump && insn.getOpcode() != Opcodes.GOTO) {
                ofJump(i, jump, position).ifPresent(decisions::add);
            } else if (insn instanceof TableSwitchInsnNode || insn instanceof LookupSwitchInsnNode) {
                ofSwitch(i, insn, position, before).ifPresent(decisions::add);
                before = insn;
            }
        }
        return decisions;
    }

    private Optional<Decision> ofJump(int at, JumpInsnNode jump, int position) {
        boolean jumping = leadsTo(method.instructions.indexOf(jump.label), at, position);
        boolean falling = leadsTo(at + 1, at, position);
        return jumping == falling
                ? Optional.empty()
                : Optional.of(new Decision(asked(at, operands(jump.getOpcode())), answer(jump.getOpcode(), jumping)));
    }

    /** A switch over texts is two: over their hash codes, and over the number of the case. */
    private Optional<Decision> ofSwitch(
            int at, AbstractInsnNode insn, int position, @Nullable AbstractInsnNode before) {
        List<LabelNode> labels = new ArrayList<>();
        if (insn instanceof TableSwitchInsnNode table) {
            labels.addAll(table.labels);
            labels.add(table.dflt);
        } else if (insn instanceof LookupSwitchInsnNode lookup) {
            labels.addAll(lookup.labels);
            labels.add(lookup.dflt);
        }
        List<Invocation> asked = asked(at, 1);
        if (asked.isEmpty() && before != null) {
            asked = asked(method.instructions.indexOf(before), 1);
        }
        boolean all = labels.stream().allMatch(label -> leadsTo(method.instructions.indexOf(label), at, position));
        return all ? Optional.empty() : Optional.of(new Decision(asked, Decision.Answer.OTHER));
    }

    /** A way back, as in a loop, leads to another round, which is decided anew. */
    private boolean leadsTo(int start, int from, int position) {
        return start > from && flow.reachesForward(start, position);
    }

    private static int operands(int opcode) {
        return opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ACMPNE ? 2 : 1;
    }

    private static Decision.Answer answer(int opcode, boolean jumping) {
        return switch (opcode) {
            case Opcodes.IFEQ, Opcodes.IFLE -> jumping ? Decision.Answer.NO : Decision.Answer.YES;
            case Opcodes.IFNE, Opcodes.IFGT -> jumping ? Decision.Answer.YES : Decision.Answer.NO;
            case Opcodes.IFNULL -> jumping ? Decision.Answer.NOTHING : Decision.Answer.SOMETHING;
            case Opcodes.IFNONNULL -> jumping ? Decision.Answer.SOMETHING : Decision.Answer.NOTHING;
            default -> Decision.Answer.OTHER;
        };
    }

    private List<Invocation> asked(int at, int operands) {
        Frame<SourceValue> frame = flow.frames()[at];
        Deque<SourceValue> open = new ArrayDeque<>();
        for (int i = 0; frame != null && i < operands; i++) {
            open.add(frame.getStack(frame.getStackSize() - 1 - i));
        }
        return derivedFrom(open);
    }

    /** The calls that the receiver of a call comes from, nearest first. */
    List<Invocation> leadingTo(Invocation call) {
        AbstractInsnNode insn = method.instructions.get(call.position());
        Frame<SourceValue> frame = flow.frames()[call.position()];
        if (frame == null || !(insn instanceof MethodInsnNode made) || made.getOpcode() == Opcodes.INVOKESTATIC) {
            return List.of();
        }
        int receiver = frame.getStackSize() - 1 - Type.getArgumentTypes(made.desc).length;
        return derivedFrom(new ArrayDeque<>(List.of(frame.getStack(receiver))));
    }

    /** The calls that the receiver of a call and its arguments come from, nearest first. */
    List<Invocation> comingInto(Invocation call) {
        return derivedFrom(new ArrayDeque<>(flow.operandsOf(method.instructions.get(call.position()))));
    }

    private List<Invocation> derivedFrom(Deque<SourceValue> open) {
        List<Invocation> asked = new ArrayList<>();
        Set<AbstractInsnNode> seen = new HashSet<>();
        while (!open.isEmpty()) {
            for (AbstractInsnNode source : flow.inOrder(open.poll())) {
                if (seen.add(source)) {
                    Invocation call = calls.get(source);
                    if (call != null) {
                        asked.add(call);
                    }
                    open.addAll(flow.operandsOf(source));
                }
            }
        }
        return asked;
    }
}
