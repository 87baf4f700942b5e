"""Stochastic multicriteria acceptability analysis: in how large a share of weights does each alternative get each rank?

Lahdelma, Hokkanen and Salminen (1998), *European Journal of Operational Research* 106: 137–143; ranks as in SMAA-2
(Lahdelma and Salminen 2001, *Operations Research* 49: 444–454); ordinal levels as in SMAA-O (Lahdelma, Miettinen and
Salminen 2003, *European Journal of Operational Research* 147: 117–127): any increasing scale is as likely as another.
"""

from __future__ import annotations

import numpy as np

SEED = 20261128


def weights(random: np.random.Generator, draws: int, criteria: int) -> np.ndarray:
    """Return weights drawn uniformly from all that add up to one (draws by criteria)."""
    return random.dirichlet(np.ones(criteria), draws)


def scales(random: np.random.Generator, draws: int, criteria: int, levels: int) -> np.ndarray:
    """Return values of ordinal levels: 0 for the lowest, 1 for the highest, and increasing draws between.

    Returns
    -------
    numpy.ndarray
        Draws by criteria by ``levels + 1``; the spacings between levels are uniform over all that add up to one.
    """
    steps = random.dirichlet(np.ones(levels), (draws, criteria))
    return np.concatenate([np.zeros((draws, criteria, 1)), np.cumsum(steps, axis=2)], axis=2)


def values(levels: np.ndarray, weight: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Return the value of each alternative in each draw.

    Parameters
    ----------
    levels
        Alternatives by criteria, or draws by alternatives by criteria where levels differ by draw; missing (NaN) where
        a criterion does not apply, which leaves its weight to the others.
    weight
        Draws by criteria.
    scale
        Draws by criteria by level, as ``scales`` gives them.

    Returns
    -------
    numpy.ndarray
        Draws by alternatives, 0 to 1.
    """
    draws, criteria = weight.shape
    stacked = np.broadcast_to(levels, (draws, *levels.shape[-2:]))
    present = ~np.isnan(stacked)
    index = np.where(present, stacked, 0).astype(int)
    draw, criterion = np.ogrid[:draws, :criteria]
    worth = scale[draw[:, None], criterion[:, None], index]
    share = np.where(present, weight[:, None, :], 0.0)
    return (worth * share).sum(axis=2) / share.sum(axis=2)


def ranks(value: np.ndarray) -> np.ndarray:
    """Return ranks by draw, 1 the best; who is equal shares the better rank."""
    better = (value[:, None, :] > value[:, :, None] + 1e-12).sum(axis=2)
    return better + 1


def acceptability(value: np.ndarray) -> np.ndarray:
    """Return the share of draws in which each alternative has each rank (alternatives by ranks)."""
    places = ranks(value)
    count = value.shape[1]
    return np.stack([(places == rank).mean(axis=0) for rank in range(1, count + 1)], axis=1)
