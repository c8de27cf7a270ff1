package io.github.atleastonce.archrules.bytecode;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Finds the catch blocks of one body.
 *
 * <p>Bytecode only says where a handler begins. Its block is what can be reached from there and cannot be reached
 * without an exception.
 */
final class CatchBlocks {

    private final MethodNode method;
    private final ControlFlow flow;
    private final List<Invocation> calls;

    CatchBlocks(MethodNode method, ControlFlow flow, List<Invocation> calls) {
        this.method = method;
        this.flow = flow;
        this.calls = calls;
    }

    List<CatchBlock> read() {
        Map<LabelNode, List<TryCatchBlockNode>> byHandler = new LinkedHashMap<>();
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            byHandler.computeIfAbsent(block.handler, key -> new ArrayList<>()).add(block);
        }
        List<CatchBlock> blocks = new ArrayList<>();
        byHandler.forEach((handler, guards) -> blocks.add(read(handler, guards)));
        return blocks;
    }

    private CatchBlock read(LabelNode handler, List<TryCatchBlockNode> guards) {
        int start = method.instructions.indexOf(handler);
        BitSet reached = flow.reachableFrom(start);
        BitSet inside = (BitSet) reached.clone();
        inside.andNot(flow.reachableFrom(0));
        boolean leaves = reached.cardinality() > inside.cardinality();
        boolean completes = leaves || inside.stream().anyMatch(this::returns);
        return new CatchBlock(
                caught(guards),
                lineAt(start),
                guarded(guards),
                calls.stream().filter(call -> inside.get(call.position())).toList(),
                completes,
                inside.stream().anyMatch(this::returnsValue) || storesForLater(inside, start));
    }

    private static String caught(List<TryCatchBlockNode> guards) {
        String type = guards.get(0).type;
        return type == null ? "java.lang.Throwable" : Type.getObjectType(type).getClassName();
    }

    /** A block on the line of what it guards has no line number of its own. */
    private int lineAt(int start) {
        for (int i = start; i < method.instructions.size(); i++) {
            if (method.instructions.get(i) instanceof LineNumberNode number) {
                return number.line;
            }
            if (method.instructions.get(i).getOpcode() >= 0) {
                break;
            }
        }
        for (int i = start; i >= 0; i--) {
            if (method.instructions.get(i) instanceof LineNumberNode number) {
                return number.line;
            }
        }
        return 0;
    }

    private List<Invocation> guarded(List<TryCatchBlockNode> guards) {
        return calls.stream()
                .filter(call -> guards.stream()
                        .anyMatch(guard -> method.instructions.indexOf(guard.start) <= call.position()
                                && call.position() < method.instructions.indexOf(guard.end)))
                .toList();
    }

    private boolean returns(int position) {
        int opcode = method.instructions.get(position).getOpcode();
        return opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN;
    }

    private boolean returnsValue(int position) {
        return returns(position)
                && method.instructions.get(position).getOpcode() != Opcodes.RETURN
                && method.instructions.get(position).getPrevious().getOpcode() != Opcodes.ACONST_NULL;
    }

    private boolean storesForLater(BitSet inside, int start) {
        Set<Integer> stored = new HashSet<>();
        boolean first = true;
        for (int i = inside.nextSetBit(start); i >= 0; i = inside.nextSetBit(i + 1)) {
            AbstractInsnNode insn = method.instructions.get(i);
            if (insn.getOpcode() == Opcodes.PUTFIELD || insn.getOpcode() == Opcodes.PUTSTATIC) {
                return true;
            }
            if (insn instanceof VarInsnNode variable
                    && insn.getOpcode() >= Opcodes.ISTORE
                    && insn.getOpcode() <= Opcodes.ASTORE) {
                if (!first) {
                    stored.add(variable.var);
                }
                first = false;
            }
        }
        for (int i = 0; i < method.instructions.size(); i++) {
            if (!inside.get(i)
                    && method.instructions.get(i) instanceof VarInsnNode variable
                    && variable.getOpcode() <= Opcodes.ALOAD
                    && stored.contains(variable.var)) {
                return true;
            }
        }
        return false;
    }
}
