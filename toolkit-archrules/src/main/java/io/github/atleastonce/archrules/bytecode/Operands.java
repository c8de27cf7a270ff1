package io.github.atleastonce.archrules.bytecode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.SourceInterpreter;
import org.objectweb.asm.tree.analysis.SourceValue;

/** Notes what one instruction takes to make its own value, by letting ASM execute it: which opcode takes how many is its business. */
final class Operands extends SourceInterpreter {

    private final List<SourceValue> taken = new ArrayList<>();

    private Operands() {
        super(Opcodes.ASM9);
    }

    /** Topmost first; a call's receiver is the last. */
    static List<SourceValue> of(AbstractInsnNode insn, Frame<SourceValue> before) {
        Operands operands = new Operands();
        try {
            new Frame<>(before).execute(insn, operands);
        } catch (AnalyzerException e) {
            throw new IllegalStateException("Cannot follow an instruction of the bytecode.", e);
        }
        Collections.reverse(operands.taken);
        return operands.taken;
    }

    @Override
    public @Nullable SourceValue unaryOperation(AbstractInsnNode insn, SourceValue value) {
        taken.add(value);
        return super.unaryOperation(insn, value);
    }

    @Override
    public @Nullable SourceValue binaryOperation(AbstractInsnNode insn, SourceValue first, SourceValue second) {
        taken.addAll(List.of(first, second));
        return super.binaryOperation(insn, first, second);
    }

    @Override
    public @Nullable SourceValue naryOperation(AbstractInsnNode insn, List<? extends SourceValue> values) {
        taken.addAll(values);
        return super.naryOperation(insn, values);
    }
}
