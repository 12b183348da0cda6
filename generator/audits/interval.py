"""The 95 % interval of a share that was counted in a sample."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

#: The 97.5 % point of the normal distribution: 95 % lie between it and its negative.
Z = Decimal("1.95996398454005423552")
_STEP = Decimal("0.1")


def wilson(right: int, judged: int) -> tuple[Decimal, Decimal] | None:
    """The Wilson score interval of ``right`` of ``judged``, in percent to one decimal; None when none was judged.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927) 209. It holds
    for small samples and near 0 and 100 %, where the usual interval has no width. Rounded outward, so that it never
    looks narrower than it is.
    """
    if not 0 <= right <= judged:
        raise ValueError(f"{right} of {judged}")
    if judged == 0:
        return None
    with localcontext() as context:
        context.prec = 50
        count, share, square = Decimal(judged), Decimal(right) / Decimal(judged), Z * Z
        middle = share + square / (2 * count)
        reach = Z * (share * (1 - share) / count + square / (4 * count * count)).sqrt()
        scale = 100 / (1 + square / count)
        # At the ends the interval touches 0 and 100 exactly; a square root would miss them in the last digit.
        low = Decimal(0) if right == 0 else (middle - reach) * scale
        high = Decimal(100) if right == judged else (middle + reach) * scale
        return low.quantize(_STEP, ROUND_FLOOR), high.quantize(_STEP, ROUND_CEILING)
